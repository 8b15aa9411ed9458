'use client'

import { useTranslations } from 'next-intl'
import type { EndpointInfo } from '@/shared/models/model-catalog'

/** Why an endpoint has nothing to offer, and what to do about it. */
export function useEndpointStatus(status: EndpointInfo['status']): string | undefined {
  const t = useTranslations('models')
  switch (status) {
    case 'ready':
      return undefined
    case 'needs-key':
      return t('needsKey')
    case 'key-rejected':
      return t('keyRejected')
    case 'unreachable':
      return t('unreachable')
    case 'no-models':
      return t('noModels')
  }
}

/** The same as a sentence of its own, naming the endpoint. */
export function useEndpointProblem(endpoint: EndpointInfo): string | undefined {
  const t = useTranslations('models')
  const { name, status } = endpoint
  switch (status) {
    case 'ready':
      return undefined
    case 'needs-key':
      return t('problemNeedsKey', { name })
    case 'key-rejected':
      return t('problemKeyRejected', { name })
    case 'unreachable':
      return t('problemUnreachable', { name })
    case 'no-models':
      return t('problemNoModels', { name })
  }
}
