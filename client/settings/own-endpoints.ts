import type { EndpointChange, NewEndpoint, OwnEndpoints } from '@/shared/models/own-endpoint'
import { browserFetch, requestJson } from '../api/http'
import { refreshModels } from '../models/use-models'

const path = '/api/endpoints'
const schema = async () => (await import('@/shared/models/own-endpoint')).ownEndpointsSchema
/** The server waits for an answer of somebody else's. */
const answerMs = 15_000

export function loadOwnEndpoints(signal: AbortSignal): Promise<OwnEndpoints> {
  return requestJson(browserFetch, path, { schema, signal })
}

/** Each answers all endpoints as they are then, and brings the list of models up to date. Rejects with a `ProblemError`. */
export const ownEndpoints = {
  add: (body: NewEndpoint) => change(path, { method: 'POST', body }),
  change: (id: string, body: EndpointChange) =>
    change(`${path}/${encodeURIComponent(id)}`, { method: 'PATCH', body }),
  remove: (id: string) => change(`${path}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
}

async function change(
  address: string,
  options: { method: string; body?: unknown },
): Promise<OwnEndpoints> {
  const changed = await requestJson(browserFetch, address, { schema, answerMs, ...options })
  // What fails here is made up for by the event that tells all tabs.
  await refreshModels().catch(() => undefined)
  return changed
}
