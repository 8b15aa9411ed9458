'use client'

import { useTranslations } from 'next-intl'
import { ProblemError, problemOf } from '@/client/api/http'
import { useProblemText } from '@/components/chat/use-problem-text'
import type { Problem } from '@/shared/errors/problem'
import { type EndpointFault, endpointFaultSchema } from '@/shared/models/own-endpoint'

type EndpointProblem = {
  text: string
  /** Which field of the form has to do with it. */
  field?: 'address' | 'key' | undefined
  /** How long to wait before the next try. */
  retryAfterSeconds?: number
}

/** Why an endpoint was not saved or deleted, and what to do next. */
export function useEndpointProblemText(): (error: unknown) => EndpointProblem {
  const t = useTranslations('endpoints')
  const problemText = useProblemText()
  return (error) => {
    const problem = problemOf(error)
    const fault = faultOf(problem)
    if (fault) return { text: t(`fault.${fault}`), field: fieldOf(fault) }
    switch (problem.code) {
      case 'rate-limited':
        return { text: t('tooFast'), retryAfterSeconds: secondsOf(error) }
      case 'not-found':
        return { text: t('gone') }
      default:
        return { text: problemText(problem) }
    }
  }
}

/** What cannot be a key is told like one that was not taken. */
function faultOf({ reason, detail }: Problem): EndpointFault | undefined {
  const isNoKey = detail.startsWith('apiKey: ')
  return endpointFaultSchema.safeParse(reason).data ?? (isNoKey ? 'key-rejected' : undefined)
}

function fieldOf(fault: EndpointFault): EndpointProblem['field'] {
  if (/key/.test(fault)) return 'key'
  return fault === 'too-many' ? undefined : 'address'
}

function secondsOf(error: unknown): number {
  return error instanceof ProblemError ? Math.ceil((error.retryAfterMs ?? 0) / 1_000) : 0
}
