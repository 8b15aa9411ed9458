import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import { ownEndpointsMax } from '@/shared/models/endpoint-defaults'
import type { EndpointChange, NewEndpoint, OwnEndpoints } from '@/shared/models/own-endpoint'
import type { StoredEndpoint } from '../db/user-endpoints'
import { parseEndpointUrl } from '../models/endpoint-url'
import type { OwnModels } from '../models/own-models'
import type { Services } from '../services'
import { countTry } from './asking-rate'
import { unusable } from './endpoint-fault'
import { endpointPolicy } from './endpoint-policy'
import {
  ownIdPrefix,
  placeOfKey,
  type Read,
  readEndpoint,
  readEndpoints,
  shownEndpoint,
} from './own-endpoints'

type OfUser = {
  services: Pick<
    Services,
    'db' | 'env' | 'keyBox' | 'ownModels' | 'rateLimiter' | 'liveEvents' | 'newId' | 'now'
  >
  userId: string
}
type OfEndpoint = OfUser & { endpointId: string }

/** Everything but the name decides how a server answers. */
type Wanted = { name: string; kind: StoredEndpoint['kind']; url: URL; apiKey: string | undefined }

/** None where the policy is `off`, whatever was added before. */
export async function loadEndpoints({ services, userId }: OfUser): Promise<OwnEndpoints> {
  const policy = endpointPolicy(services.env)
  const read = policy === 'off' ? [] : await readEndpoints({ services, userId })
  return { policy, endpoints: read.map(shownEndpoint) }
}

/** Adds an endpoint that answers with models to chat with. Throws `endpoint-unusable`, with the reason, for any other. */
export async function addEndpoint({
  services,
  userId,
  given: { name, kind, baseUrl, apiKey },
}: OfUser & { given: NewEndpoint }): Promise<OwnEndpoints> {
  const ownModels = requireAllowed(services)
  const wanted = { name, kind, url: requireUrl(baseUrl), apiKey }
  const endpointId = `${ownIdPrefix}${services.newId()}`
  const { length } = await services.db.userEndpoints.list({ userId })
  if (length >= ownEndpointsMax) throw unusable('too-many')
  const models = await tryOut(ownModels, wanted, { services, userId })
  const created = await services.db.userEndpoints.create({
    userId,
    endpointId,
    values: valuesOf({ services, userId, endpointId }, wanted, models),
    countMax: ownEndpointsMax,
    now: services.now(),
  })
  if (!created) throw unusable('too-many')
  return tellChanged({ services, userId })
}

/** A key stays as long as the address leads to the same server. What changes how that answers is tried out as a new one is. */
export async function changeEndpoint({
  change,
  ...own
}: OfEndpoint & { change: EndpointChange }): Promise<OwnEndpoints> {
  const { services } = own
  const ownModels = requireAllowed(services)
  const read = await readEndpoint(own)
  if (!read) throw noEndpoint()
  const wanted = changed(read, change)
  const isSame = change.kind === undefined && change.baseUrl === undefined
  const models =
    isSame && change.apiKey === undefined
      ? read.stored.models
      : await tryOut(ownModels, wanted, own)
  const values = valuesOf(own, wanted, models)
  const stored = await services.db.userEndpoints.change({ ...own, values, now: services.now() })
  if (!stored) throw noEndpoint()
  return tellChanged(own)
}

export async function removeEndpoint(own: OfEndpoint): Promise<OwnEndpoints> {
  requireAllowed(own.services)
  if (!(await own.services.db.userEndpoints.remove(own))) throw noEndpoint()
  return tellChanged(own)
}

function changed({ stored, key, isReadable }: Read, change: EndpointChange): Wanted {
  const { name = stored.name, kind = stored.kind, apiKey } = change
  const url = change.baseUrl === undefined ? new URL(stored.baseUrl) : requireUrl(change.baseUrl)
  if (apiKey !== undefined) return { name, kind, url, apiKey: apiKey ?? undefined }
  if (!isReadable) throw unusable('key-unreadable', name)
  if (key !== undefined && url.origin !== new URL(stored.baseUrl).origin)
    throw unusable('key-needed-again', name)
  return { name, kind, url, apiKey: key }
}

/** The models that it lists. */
async function tryOut(
  ownModels: OwnModels,
  { name, kind, url, apiKey }: Wanted,
  user: OfUser,
): Promise<StoredEndpoint['models']> {
  await countTry(user)
  const answer = await ownModels.tryOut({ id: '', name, kind, baseUrls: [hrefOf(url)], apiKey })
  switch (answer.status) {
    case 'listed':
      if (!answer.hasChatModels) throw unusable('no-models', name)
      return answer.models
    case 'unlisted':
      throw unusable('no-list', name)
    case 'refused':
      throw unusable(apiKey === undefined ? 'needs-key' : 'key-rejected', name)
    case 'absent':
      throw unusable(answer.reason, name)
  }
}

function valuesOf(
  { services, userId, endpointId }: OfEndpoint,
  { name, kind, url, apiKey }: Wanted,
  models: StoredEndpoint['models'],
) {
  const baseUrl = hrefOf(url)
  const place = placeOfKey(userId, { id: endpointId, baseUrl })
  const sealedKey = apiKey === undefined ? null : services.keyBox.seal(apiKey, place)
  return { name, kind, baseUrl, sealedKey, models }
}

function hrefOf({ origin, pathname }: URL): string {
  return origin + pathname.replace(/\/+$/, '')
}

function requireUrl(text: string): URL {
  const url = parseEndpointUrl(text)
  if (!url) throw unusable('address-invalid')
  return url
}

function requireAllowed({ ownModels }: OfUser['services']): OwnModels {
  if (ownModels) return ownModels
  throw new AppError(
    'endpoints-off',
    'This server takes no endpoints of its users. Whoever runs it can allow them with USER_ENDPOINTS.',
  )
}

function tellChanged({ services, userId }: OfUser): Promise<OwnEndpoints> {
  services.liveEvents.publish(userId, { type: 'models-changed' })
  return loadEndpoints({ services, userId })
}

function noEndpoint(): AppError {
  return new AppError('not-found', 'There is no such endpoint.')
}
