'use client'

import { useTranslations } from 'next-intl'
import { type ErrorCode, statusOfError } from '@/shared/errors/app-error'
import type { Problem } from '@/shared/errors/problem'

/** What a refusal means for the reader, and what to do next. */
export function useProblemText(): (problem: Problem) => string {
  const t = useTranslations('composer')
  const errorText = useTranslations('errors')
  return ({ code, detail, status }) => {
    if (isErrorCode(code)) return errorText(code)
    return status === 0 ? t('networkFailed') : detail
  }
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(statusOfError, code)
}
