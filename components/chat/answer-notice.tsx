'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { AnswerState } from '@/shared/chat/answer-state'
import type { MessageMetadata } from '@/shared/chat/message'
import type { RunError } from '@/shared/errors/run-error'
import { useCountdown } from './use-elapsed-seconds'

type AnswerNoticeProps = {
  metadata: MessageMetadata | undefined
  state: AnswerState
  hasText: boolean
  children?: ReactNode
}

/** Why an answer ended before its end, standing on the message with the ways out beside it. */
export function AnswerNotice({ metadata, state, hasText, children }: AnswerNoticeProps) {
  const t = useTranslations('chat')
  const error = metadata?.error
  if (state === 'failed') return <FailedNotice error={error}>{children}</FailedNotice>
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

function FailedNotice({ error, children }: { error: RunError | undefined; children?: ReactNode }) {
  const t = useTranslations('chat')
  const runErrorText = useTranslations('runErrors')
  return (
    <div
      role="alert"
      className="mt-3 rounded-outside border border-danger/25 bg-danger-wash px-4 py-3 text-sm"
    >
      <p>{runErrorText(error?.code ?? 'server-error')}</p>
      {error?.retryAfterSeconds ? <RetryIn seconds={error.retryAfterSeconds} /> : null}
      {error?.detail ? (
        <details className="mt-1.5 text-soft">
          <summary className="w-fit rounded-inside pointer-coarse:py-2">{t('details')}</summary>
          <p className="mt-1 font-mono text-[0.8125rem] wrap-anywhere">{error.detail}</p>
        </details>
      ) : null}
      {children ? <div className="mt-3 flex flex-wrap gap-2">{children}</div> : null}
    </div>
  )
}

function RetryIn({ seconds }: { seconds: number }) {
  const t = useTranslations('chat')
  const left = useCountdown(Math.min(seconds, 3_600))
  return left > 0 ? (
    <p className="tabular mt-1 text-soft">{t('retryIn', { seconds: left })}</p>
  ) : null
}
