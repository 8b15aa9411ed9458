import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { LanguageModelV4, SharedV4ProviderOptions } from '@ai-sdk/provider'
import type { EndpointInfo, ModelCatalog, ModelInfo, ModelRef } from '@/shared/models/model-catalog'
import type { Env } from '../env'
import type { BackgroundMode } from './background-mode'
import { createDemoModel, demoEndpoint } from './demo-model'
import { endpointsOf, type Endpoint } from './endpoints'
import { listModels, type Listing } from './model-listing'
import { chatModels, preferredModel, withoutSnapshots } from './model-names'
import { providerModel } from './provider-model'

export type ResolvedModel = {
  ref: ModelRef
  name: string
  endpoint: { id: string; name: string; kind: EndpointInfo['kind'] }
  model: LanguageModelV4
  providerOptions?: SharedV4ProviderOptions
  /** For answers that outlive this process: only with OpenAI itself, and when the settings ask for it. */
  background?: BackgroundMode
}

/** Knows which models can be reached and opens them by name. Addresses and keys stay inside. */
export interface ModelRegistry {
  /** What the picker shows. `rescan` asks every endpoint again; calls at the same time share one scan. */
  catalog(options?: { rescan?: boolean }): Promise<ModelCatalog>
  /** The model of this name, or the default without one; nothing when no endpoint offers it. */
  resolve(ref: ModelRef | undefined): Promise<ResolvedModel | undefined>
}

type Options = {
  env: Env
  fetch?: typeof fetch
  /** Milliseconds since the epoch. */
  now: () => number
  demo?: LanguageModelV4
}

const localCacheMs = 30_000
const configuredCacheMs = 5 * 60_000
const retryAfterMs = 10_000
const patienceMs = 300
const knownMax = 10_000

/** The models these settings and this machine offer: OpenAI, compatible servers, local servers, the demo. */
export function createModelRegistry({
  env,
  fetch,
  now,
  demo = createDemoModel(),
}: Options): ModelRegistry {
  // Looked up at each call, because Next replaces it while it starts.
  const fetchNow: typeof globalThis.fetch = fetch ?? ((...request) => globalThis.fetch(...request))
  const wanted = parseRef(env.DEFAULT_MODEL)
  const sources = endpointsOf(env).map((endpoint) =>
    createSource({ endpoint, wanted, fetch: fetchNow, now }),
  )

  async function catalog({ rescan = false } = {}): Promise<ModelCatalog> {
    const found = await Promise.all(sources.map((source) => source.info(rescan)))
    const endpoints = [...found.filter((info) => info !== undefined), demoEndpoint]
    return { endpoints, defaultModel: defaultOf(endpoints, wanted) }
  }

  function resolveDemo(ref: ModelRef): ResolvedModel | undefined {
    const { models, ...endpoint } = demoEndpoint
    const info = models.find(({ id }) => id === ref.id)
    return info && { ref, name: info.name, endpoint, model: demo }
  }

  return {
    catalog,
    async resolve(ref) {
      const { provider, id } = ref ?? (await catalog()).defaultModel
      if (provider === demoEndpoint.id) return resolveDemo({ provider, id })
      return sources.find(({ endpoint }) => endpoint.id === provider)?.resolve(id)
    },
  }
}

type SourceOptions = {
  endpoint: Endpoint
  wanted: ModelRef | undefined
  fetch: typeof fetch
  now: () => number
}
type Scan = { at: number; listing: Listing; info: EndpointInfo | undefined }

/** One endpoint: what it offered last, and the models opened from it. */
function createSource({ endpoint, wanted, fetch, now }: SourceOptions) {
  const wantedId = wanted?.provider === endpoint.id ? wanted.id : undefined
  const opened = new Map<string, ResolvedModel>()
  // Every model it ever listed: a chat goes on with its model while the list is out of reach.
  const known = new Map<string, { info: ModelInfo; baseUrl: string }>()
  let last: Scan | undefined
  let scanning: Promise<Scan> | undefined

  async function scan(): Promise<Scan> {
    const listing = endpoint.models
      ? pinnedListing(endpoint, endpoint.models)
      : await listModels(endpoint, fetch)
    const models = listing.status === 'listed' ? chatModels(listing.models, endpoint.kind) : []
    const baseUrl = listing.status === 'absent' ? endpoint.baseUrls[0] : listing.baseUrl
    const shown = withWanted(models, listing, wantedId)
    if (known.size > knownMax) known.clear()
    for (const info of [...models, ...shown]) known.set(info.id, { info, baseUrl })
    return { at: now(), listing, info: infoOf(endpoint, listing, shown) }
  }

  /** Nobody waits long for a list twice: while a slow endpoint is asked again, what it said last counts. */
  async function current(rescan: boolean): Promise<Scan> {
    if (last && !rescan && now() - last.at < cacheMs(endpoint, last.listing)) return last
    scanning ??= scan()
      .then((scanned) => (last = scanned))
      .finally(() => {
        scanning = undefined
      })
    if (!last || rescan) return scanning
    return Promise.race([scanning, delay(patienceMs, last, { ref: false })])
  }

  function open(id: string): ResolvedModel | undefined {
    const model = known.get(id)
    if (!model) return undefined
    const key = `${model.baseUrl} ${id}`
    const resolved = opened.get(key) ?? {
      ref: { provider: endpoint.id, id },
      name: model.info.name,
      endpoint: { id: endpoint.id, name: endpoint.name, kind: endpoint.kind },
      ...providerModel({ endpoint, baseUrl: model.baseUrl, modelId: id, fetch }),
    }
    opened.set(key, resolved)
    return resolved
  }

  return {
    endpoint,
    info: async (rescan: boolean) => (await current(rescan)).info,
    async resolve(id: string): Promise<ResolvedModel | undefined> {
      if (!known.has(id)) await current(false)
      return open(id)
    },
  }
}

function pinnedListing(endpoint: Endpoint, models: readonly string[]): Listing {
  return {
    status: 'listed',
    baseUrl: endpoint.baseUrls[0],
    models: models.map((id) => ({ id, name: undefined })),
  }
}

/** The model named in DEFAULT_MODEL counts as listed where the endpoint's list is silent about it, not where it differs. */
function withWanted(
  models: ModelInfo[],
  listing: Listing,
  wantedId: string | undefined,
): ModelInfo[] {
  const shown = withoutSnapshots(models)
  if (!wantedId || shown.some(({ id }) => id === wantedId)) return shown
  const hidden = models.find(({ id }) => id === wantedId)
  const unsaid = listing.status === 'absent' || listing.status === 'unlisted'
  const wanted = hidden ?? (unsaid ? { id: wantedId, name: wantedId } : undefined)
  return wanted ? [wanted, ...shown] : shown
}

function infoOf(
  endpoint: Endpoint,
  listing: Listing,
  models: ModelInfo[],
): EndpointInfo | undefined {
  const { id, name, kind, apiKey } = endpoint
  switch (listing.status) {
    case 'listed':
    case 'unlisted':
      return { id, name, kind, status: models.length > 0 ? 'ready' : 'no-models', models }
    case 'refused':
      return { id, name, kind, status: apiKey ? 'key-rejected' : 'needs-key', models: [] }
    case 'absent':
      return kind === 'local' ? undefined : { id, name, kind, status: 'unreachable', models }
  }
}

function cacheMs({ kind }: Endpoint, { status }: Listing): number {
  if (kind === 'local') return localCacheMs
  return status === 'listed' || status === 'unlisted' ? configuredCacheMs : retryAfterMs
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

function parseRef(text: string | undefined): ModelRef | undefined {
  const [, provider, id] = /^([^/]+)\/(.+)$/.exec(text?.trim() ?? '') ?? []
  return provider && id ? { provider, id } : undefined
}
