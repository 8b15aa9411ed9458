'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { loadChatSession } from '@/client/chat/load-chat-session'
import { Button } from '@/components/ui/button'
import { ChatLink } from '@/components/ui/chat-link'
import type { Problem } from '@/shared/errors/problem'
import { ChatSkeleton } from './chat-skeleton'
import { useProblemText } from './use-problem-text'

/** Stands for a conversation that is not here yet, and fetches it. */
export function ChatLoader({ session }: { session: ChatSession }) {
  const [attempt, setAttempt] = useState(0)
  return <Loading key={attempt} session={session} retry={() => setAttempt(attempt + 1)} />
}

function Loading({ session, retry }: { session: ChatSession; retry: () => void }) {
  const [problem, setProblem] = useState<Problem>()

  useEffect(() => {
    const abort = new AbortController()
    void loadChatSession(session, abort.signal).then((found) => {
      if (!abort.signal.aborted) setProblem(found)
    })
    return () => abort.abort()
  }, [session])

  return problem ? <LoadFailed problem={problem} retry={retry} /> : <ChatSkeleton />
}

function LoadFailed({ problem, retry }: { problem: Problem; retry: () => void }) {
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
