import 'server-only'
import type { EndpointInfo } from '@/shared/models/model-catalog'
import { type AddressPolicy, isAllowedAddress } from './address-policy'
import type { Endpoint } from './endpoints'
import { createGuardedFetch } from './guarded-fetch'
import { listModels, type ListedModel, type Listing } from './model-listing'
import { chatModels } from './model-names'
import { createModelSource, type ModelSource, type ResolvedModel } from './model-source'

/** A user's own endpoint as it was last saved. */
export type OwnEndpoint = Endpoint & {
  own: { listed: readonly ListedModel[] }
  /** Another one after every change. */
  version: number
}

/** Models of endpoints that users brought along. Asked only where the policy allows, redirects and rebinding included. */
export interface OwnModels {
  /** How they stand, as the picker shows it. `rescan` asks each of them again. */
  infos(endpoints: readonly OwnEndpoint[], options: { rescan: boolean }): Promise<EndpointInfo[]>
  resolve(endpoint: OwnEndpoint, id: string): Promise<ResolvedModel | undefined>
  /** Asks one that is not saved yet for its models. Never throws. */
  tryOut(endpoint: Endpoint): Promise<Listing & { hasChatModels: boolean }>
}

type Options = { policy: AddressPolicy; now: () => number }

/** More than are in use at once; one that was let go is opened again from what is stored. */
const sourcesMax = 500

export function createOwnModels({ policy, now }: Options): OwnModels {
  const fetch = createGuardedFetch({ allows: (address) => isAllowedAddress(address, policy) })
  const sources = new Map<string, ModelSource>()

  function sourceOf(endpoint: OwnEndpoint): ModelSource {
    const key = `${endpoint.id} ${endpoint.version}`
    const source =
      sources.get(key) ?? createModelSource({ endpoint, wanted: undefined, fetch, now })
    sources.delete(key)
    sources.set(key, source)
    const [oldest] = sources.keys()
    if (sources.size > sourcesMax && oldest !== undefined) sources.delete(oldest)
    return source
  }

  return {
    async infos(endpoints, { rescan }) {
      const infos = await Promise.all(endpoints.map((endpoint) => sourceOf(endpoint).info(rescan)))
      return infos.filter((info) => info !== undefined)
    },
    resolve: (endpoint, id) => sourceOf(endpoint).resolve(id),
    async tryOut(endpoint) {
      const listing = await listModels(endpoint, fetch)
      const listed = listing.status === 'listed' ? listing.models : []
      return { ...listing, hasChatModels: chatModels(listed, endpoint.kind).length > 0 }
    },
  }
}
