'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { RunError } from '@/shared/errors/run-error'
import { RetryIn } from './retry-in'

type FailedNoticeProps = { error: RunError | undefined; children?: ReactNode }

/** Why an answer failed, and the ways out. */
export default function FailedNotice({ error, children }: FailedNoticeProps) {
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
