import 'server-only'
import type { EndpointInfo, ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { preferredModel } from '../models/model-names'
import type { ResolvedModel } from '../models/model-source'
import type { Services } from '../services'
import { ownEndpointInfos, ownIdPrefix, resolveOwnModel } from '../endpoints/own-endpoints'

type OfUser = { services: Services; userId: string }

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

/** The model of this name, or the user's default without one; nothing when no endpoint offers it to this user. */
export async function resolveModel({
  services,
  userId,
  ref,
}: OfUser & { ref: ModelRef | undefined }): Promise<ResolvedModel | undefined> {
  const { provider, id } = ref ?? (await listModels({ services, userId })).defaultModel
  return provider.startsWith(ownIdPrefix)
    ? resolveOwnModel({ services, userId, endpointId: provider, modelId: id })
    : services.models.resolve({ provider, id })
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
