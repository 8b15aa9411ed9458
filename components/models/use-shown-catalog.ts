import { useTranslations } from 'next-intl'
import type { ModelCatalog } from '@/shared/models/model-catalog'

/** The catalog with the demo named in the reader's language; every other name is the endpoint's own. */
export function useShownCatalog(catalog: ModelCatalog | undefined): ModelCatalog | undefined {
  const t = useTranslations('models')
  if (!catalog) return undefined
  const endpoints = catalog.endpoints.map((endpoint) =>
    endpoint.kind === 'demo'
      ? {
          ...endpoint,
          name: t('demo'),
          models: endpoint.models.map(({ id }) => ({ id, name: t('demoModel') })),
        }
      : endpoint,
  )
  return { ...catalog, endpoints }
}
