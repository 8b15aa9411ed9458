'use client'

import { useTranslations } from 'next-intl'
import type { EndpointInfo } from '@/shared/models/model-catalog'

/** Why an endpoint has nothing to offer, and what to do about it. */
export function useEndpointStatus({ status, own }: EndpointInfo): string | undefined {
  const t = useTranslations('models')
  switch (status) {
    case 'ready':
      return undefined
    case 'needs-key':
      return own ? t('ownNeedsKey') : t('needsKey')
    case 'key-rejected':
      return own ? t('ownKeyRejected') : t('keyRejected')
    case 'key-unreadable':
      return t('ownKeyUnreadable')
    case 'unreachable':
      return t('unreachable')
    case 'no-models':
      return t('noModels')
  }
}

/** The same as a sentence of its own, naming the endpoint. */
export function useEndpointProblem(endpoint: EndpointInfo): string | undefined {
  const t = useTranslations('models')
  const status = useEndpointStatus(endpoint)
  const { name, own } = endpoint
  if (own) return status && t('problemOwn', { name, status })
  switch (endpoint.status) {
    case 'ready':
    case 'key-unreadable':
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
