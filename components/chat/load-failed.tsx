'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { ChatLink } from '@/components/ui/chat-link'
import type { Problem } from '@/shared/errors/problem'
import { useProblemText } from './use-problem-text'

type LoadFailedProps = { problem: Problem; retry: () => void }

/** Says why a chat cannot be shown, and leads on. */
export default function LoadFailed({ problem, retry }: LoadFailedProps) {
  const t = useTranslations('chat')
  const pages = useTranslations('pages')
  const problemText = useProblemText()
  const gone = problem.status === 404
  return (
    <div role="alert" className="flex flex-1 flex-col items-start justify-center pb-[8vh]">
      <h2 className="text-xl font-medium tracking-[-0.015em]">
        {gone ? t('gone') : t('loadFailed')}
      </h2>
      <p className="mt-1.5 text-soft">{gone ? pages('notFoundText') : problemText(problem)}</p>
      <div className="mt-5 flex gap-2">
        {gone ? null : <Button onClick={retry}>{t('retry')}</Button>}
        <ChatLink className="inline-flex h-8 items-center rounded-inside border border-hairline bg-raised px-3 text-sm font-medium transition-colors hover-able:bg-wash pointer-coarse:h-11">
          {pages('toNewChat')}
        </ChatLink>
      </div>
    </div>
  )
}
