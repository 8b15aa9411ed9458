import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { LanguageModelV4, SharedV4ProviderOptions } from '@ai-sdk/provider'
import type { EndpointInfo, ModelInfo, ModelRef } from '@/shared/models/model-catalog'
import type { BackgroundMode } from './background-mode'
import type { Endpoint } from './endpoints'
import { listModels, type ListedModel, type Listing } from './model-listing'
import { chatModels, withoutSnapshots } from './model-names'
import { providerModel } from './provider-model'
import { reasoningEffortsOf } from './reasoning-efforts'

export type ResolvedModel = {
  ref: ModelRef
  name: string
  /** As its `ModelInfo` has it. */
  efforts?: ModelInfo['efforts']
  endpoint: { id: string; name: string; kind: EndpointInfo['kind'] }
  model: LanguageModelV4
  providerOptions?: SharedV4ProviderOptions
  /** How many tokens it can read, where that is known. */
  contextTokens?: number
  /** For answers that outlive this process: only with OpenAI itself, and when the settings ask for it. */
  background?: BackgroundMode
  /** Only of a user's own endpoint: what must not be in anything that its server is quoted with. */
  own?: { secrets: readonly string[] }
}

export type ModelSource = {
  endpoint: Endpoint
  /** How it stands; nothing where a local server is not there. `rescan` asks it again. */
  info(rescan: boolean): Promise<EndpointInfo | undefined>
  resolve(id: string): Promise<ResolvedModel | undefined>
}

const localCacheMs = 30_000
const configuredCacheMs = 5 * 60_000
const retryAfterMs = 10_000
const patienceMs = 300
const knownMax = 10_000
/** Of a list that another time has brought: shown at once, and asked for again. */
const staleAt = Number.NEGATIVE_INFINITY

type Options = {
  endpoint: Endpoint
  wanted: ModelRef | undefined
  /** The models that the operator says reason, as `endpoint/model`. */
  reasoners?: readonly string[]
  fetch: typeof globalThis.fetch
  now: () => number
}
type Scan = { at: number; listing: Listing; info: EndpointInfo | undefined }

/** One endpoint: what it offered last, and the models opened from it. */
export function createModelSource({
  endpoint,
  wanted,
  reasoners = [],
  fetch,
  now,
}: Options): ModelSource {
  const wantedId = wanted?.provider === endpoint.id ? wanted.id : undefined
  const opened = new Map<string, ResolvedModel>()
  // Every model it ever listed: a chat goes on with its model while the list is out of reach.
  const known = new Map<string, { info: ModelInfo; baseUrl: string }>()
  let last = endpoint.own && take(listingOf(endpoint, endpoint.own.listed), staleAt)
  let scanning: Promise<Scan> | undefined

  async function scan(): Promise<Scan> {
    const listing = endpoint.models
      ? listingOf(
          endpoint,
          endpoint.models.map((id) => ({ id, name: undefined })),
        )
      : await listModels(endpoint, fetch)
    return take(listing, now())
  }

  function take(listing: Listing, at: number): Scan {
    const models = listing.status === 'listed' ? chatModels(listing.models, endpoint.kind) : []
    const baseUrl = listing.status === 'absent' ? endpoint.baseUrls[0] : listing.baseUrl
    const shown = withWanted(models, listing, wantedId).map(withEfforts)
    if (known.size > knownMax) known.clear()
    for (const info of [...models.map(withEfforts), ...shown]) known.set(info.id, { info, baseUrl })
    return { at, listing, info: infoOf(endpoint, listing, shown) }
  }

  function withEfforts(info: ModelInfo): ModelInfo {
    const efforts = reasoningEffortsOf(info.id, { endpoint, named: reasoners })
    return efforts ? { ...info, efforts } : info
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
      efforts: model.info.efforts,
      endpoint: { id: endpoint.id, name: endpoint.name, kind: endpoint.kind },
      ...(endpoint.own && { own: { secrets: endpoint.apiKey ? [endpoint.apiKey] : [] } }),
      ...providerModel({
        endpoint,
        baseUrl: model.baseUrl,
        modelId: id,
        reasons: model.info.efforts !== undefined,
        fetch,
      }),
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

function listingOf({ baseUrls }: Endpoint, models: readonly ListedModel[]): Listing {
  return { status: 'listed', baseUrl: baseUrls[0], models: [...models] }
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
  const info = { id, name, kind, ...(endpoint.own && { own: true }) }
  switch (listing.status) {
    case 'listed':
    case 'unlisted':
      return { ...info, status: models.length > 0 ? 'ready' : 'no-models', models }
    case 'refused':
      return { ...info, status: apiKey ? 'key-rejected' : 'needs-key', models: [] }
    case 'absent':
      return kind === 'local' ? undefined : { ...info, status: 'unreachable', models }
  }
}

function cacheMs({ kind }: Endpoint, { status }: Listing): number {
  if (kind === 'local') return localCacheMs
  return status === 'listed' || status === 'unlisted' ? configuredCacheMs : retryAfterMs
}
