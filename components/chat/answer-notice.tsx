'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, Suspense } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import type { AnswerState } from '@/shared/chat/answer-state'
import type { MessageMetadata } from '@/shared/chat/message'

const FailedNotice = lazyPart(() => import('./failed-notice'), { tellsFailure: true })

type AnswerNoticeProps = {
  metadata: MessageMetadata | undefined
  state: AnswerState
  hasText: boolean
  children?: ReactNode
}

/** Why an answer ended before its end, standing on the message with the ways out beside it. */
export function AnswerNotice({ metadata, state, hasText, children }: AnswerNoticeProps) {
  const t = useTranslations('chat')
  if (state === 'failed')
    return (
      <Suspense>
        <FailedNotice error={metadata?.error}>{children}</FailedNotice>
      </Suspense>
    )
  const text = quietText()
  if (!text) return null
  return <QuietNotice text={text}>{children}</QuietNotice>

  function quietText(): string | undefined {
    if (state === 'stopped') return t('stopped')
    if (state === 'interrupted') return t('interrupted')
    if (metadata?.finishReason === 'length') return t('length')
    if (metadata?.finishReason === 'content-filter') return t('contentFilter')
    return state === 'done' && !hasText ? t('emptyAnswer') : undefined
  }
}

export function QuietNotice({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 border-s-2 border-edge py-0.5 ps-3 text-sm text-soft">
      <p>{text}</p>
      {children}
    </div>
  )
}
