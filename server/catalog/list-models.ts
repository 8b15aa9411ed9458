import 'server-only'
import type { EndpointInfo, ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { preferredModel } from '../models/model-names'
import type { Services } from '../services'
import { ownEndpointInfos } from '../endpoints/own-endpoints'

/**
 * What the model picker shows: what this server offers, and what the user brought along. `rescan` asks every endpoint again,
 * for a server that was started just now.
 */
export async function listModels({
  services,
  userId,
  rescan = false,
}: {
  services: Services
  /** Nobody yet, at a first visit. */
  userId: string | undefined
  rescan?: boolean
}): Promise<ModelCatalog> {
  const [catalog, own] = await Promise.all([
    services.models.catalog({ rescan }),
    userId === undefined ? [] : ownEndpointInfos({ services, userId, rescan }),
  ])
  return { ...withOwn(catalog, own), ...(services.ownModels && { takesOwn: true }) }
}

/** Before the demo, which is the default only where nothing else is. */
function withOwn({ endpoints, defaultModel }: ModelCatalog, own: EndpointInfo[]): ModelCatalog {
  const isDemo = ({ kind }: EndpointInfo) => kind === 'demo'
  const demo = endpoints.filter(isDemo)
  const isDefaultDemo = demo.some(({ id }) => id === defaultModel.provider)
  return {
    endpoints: [...endpoints.filter((endpoint) => !isDemo(endpoint)), ...own, ...demo],
    defaultModel: (isDefaultDemo && defaultOf(own)) || defaultModel,
  }
}

function defaultOf(endpoints: readonly EndpointInfo[]): ModelRef | undefined {
  for (const { id: provider, kind, status, models } of endpoints) {
    const model = status === 'ready' && kind !== 'demo' ? preferredModel(models, kind) : undefined
    if (model) return { provider, id: model.id }
  }
  return undefined
}
