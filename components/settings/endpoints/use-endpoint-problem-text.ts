'use client'

import { useTranslations } from 'next-intl'
import { problemOf } from '@/client/api/http'
import { useProblemText } from '@/components/chat/use-problem-text'
import type { Problem } from '@/shared/errors/problem'
import { type EndpointFault, endpointFaultSchema } from '@/shared/models/own-endpoint'

/** Which field of the form has to do with it. */
type EndpointProblem = { text: string; field: 'address' | 'key' | undefined }

/** Why an endpoint was not saved or deleted, and what to do next. */
export function useEndpointProblemText(): (error: unknown) => EndpointProblem {
  const t = useTranslations('endpoints')
  const problemText = useProblemText()
  return (error) => {
    const problem = problemOf(error)
    const fault = faultOf(problem)
    if (fault) return { text: t(`fault.${fault}`), field: fieldOf(fault) }
    const text = problem.code === 'not-found' ? t('gone') : problemText(problem)
    return { text, field: undefined }
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
