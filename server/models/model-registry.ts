import 'server-only'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { EndpointInfo, ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { parseModelName } from '@/shared/models/model-ref'
import type { Env } from '../env'
import { contextTokensOf } from './context-windows'
import { createDemoModel, demoEndpoint } from './demo-model'
import { endpointsOf } from './endpoints'
import { preferredModel } from './model-names'
import { createModelSource, type ResolvedModel } from './model-source'

/** Knows which models can be reached and opens them by name. Addresses and keys stay inside. */
export interface ModelRegistry {
  /** What the picker shows. `rescan` asks every endpoint again; calls at the same time share one scan. */
  catalog(options?: { rescan?: boolean }): Promise<ModelCatalog>
  /** The model of this name; nothing when no endpoint offers it. */
  resolve(ref: ModelRef): Promise<ResolvedModel | undefined>
}

type Options = {
  env: Env
  fetch?: typeof globalThis.fetch
  /** Milliseconds since the epoch. */
  now: () => number
  demo?: LanguageModelV4
}

/** The models these settings and this machine offer: OpenAI, compatible servers, local servers, the demo. */
export function createModelRegistry({
  env,
  fetch,
  now,
  demo = createDemoModel(),
}: Options): ModelRegistry {
  // Looked up at each call, because Next replaces it while it starts.
  const fetchNow: typeof globalThis.fetch = fetch ?? ((...request) => globalThis.fetch(...request))
  const wanted = env.DEFAULT_MODEL === undefined ? undefined : parseModelName(env.DEFAULT_MODEL)
  const sources = endpointsOf(env).map((endpoint) =>
    createModelSource({ endpoint, wanted, reasoners: env.REASONING_MODELS, fetch: fetchNow, now }),
  )

  async function catalog({ rescan = false } = {}): Promise<ModelCatalog> {
    const found = await Promise.all(sources.map((source) => source.info(rescan)))
    const listed = found.filter((info) => info !== undefined).map(withContext)
    const endpoints = [...listed, demoEndpoint]
    return { endpoints, defaultModel: defaultOf(endpoints, wanted) }
  }

  function withContext(info: EndpointInfo): EndpointInfo {
    const models = info.models.map((model) => ({
      ...model,
      ...contextOf({ provider: info.id, id: model.id }),
    }))
    return { ...info, models }
  }

  function contextOf(ref: ModelRef): { contextTokens?: number } {
    const contextTokens = contextTokensOf(env.contextWindows, ref)
    return contextTokens === undefined ? {} : { contextTokens }
  }

  function resolveDemo(ref: ModelRef): ResolvedModel | undefined {
    const { models, ...endpoint } = demoEndpoint
    const info = models.find(({ id }) => id === ref.id)
    return info && { ref, name: info.name, endpoint, model: demo }
  }

  return {
    catalog,
    async resolve({ provider, id }) {
      if (provider === demoEndpoint.id) return resolveDemo({ provider, id })
      const source = sources.find(({ endpoint }) => endpoint.id === provider)
      const model = await source?.resolve(id)
      return model && { ...model, ...contextOf(model.ref) }
    },
  }
}

function defaultOf(endpoints: readonly EndpointInfo[], wanted: ModelRef | undefined): ModelRef {
  const has = ({ id, models }: EndpointInfo) =>
    id === wanted?.provider && models.some((model) => model.id === wanted.id)
  if (wanted && endpoints.some(has)) return wanted
  const ready =
    endpoints.find(({ status, kind }) => status === 'ready' && kind !== 'demo') ?? demoEndpoint
  const model = ready.kind === 'demo' ? ready.models[0] : preferredModel(ready.models, ready.kind)
  return { provider: ready.id, id: model?.id ?? '' }
}
