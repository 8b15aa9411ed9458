'use client'

import { useTranslations } from 'next-intl'
import { useCountdown } from './use-elapsed-seconds'

/** Counts down to when it may be tried again. */
export function RetryIn({ seconds }: { seconds: number }) {
  const t = useTranslations('chat')
  const left = useCountdown(Math.min(seconds, 3_600))
  return left > 0 ? (
    <p className="tabular mt-1 text-soft">{t('retryIn', { seconds: left })}</p>
  ) : null
}
