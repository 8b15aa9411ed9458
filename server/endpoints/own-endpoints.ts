import 'server-only'
import type { EndpointInfo } from '@/shared/models/model-catalog'
import type { OwnEndpoint as ShownEndpoint } from '@/shared/models/own-endpoint'
import type { StoredEndpoint } from '../db/user-endpoints'
import { log } from '../log'
import type { ResolvedModel } from '../models/model-source'
import type { OwnEndpoint } from '../models/own-models'
import type { Services } from '../services'
import { mayRescan } from './asking-rate'
import { unusable } from './endpoint-fault'

type Reading = Pick<Services, 'db' | 'keyBox' | 'ownModels'>
type Asking = Reading & Pick<Services, 'rateLimiter'>
type OfUser<Needed> = { services: Needed; userId: string }

/** What their ids begin with, and no others do. */
export const ownIdPrefix = 'own-'

/** A stored endpoint, and what became of its key. */
export type Read = { stored: StoredEndpoint; key: string | undefined; isReadable: boolean }

/** The user's endpoints as the model picker shows them. */
export async function ownEndpointInfos({
  services,
  userId,
  rescan,
}: OfUser<Asking> & { rescan: boolean }): Promise<EndpointInfo[]> {
  const { ownModels } = services
  if (!ownModels) return []
  const read = await readEndpoints({ services, userId })
  const asksAgain = rescan && (await mayRescan({ services, userId }))
  const readable = read.filter(({ isReadable }) => isReadable).map(endpointOf)
  return [
    ...(await ownModels.infos(readable, { rescan: asksAgain })),
    ...read.filter(({ isReadable }) => !isReadable).map(unreadableInfo),
  ]
}

/** Nothing for an endpoint that is not this user's, or not there. Throws when its key can't be read any more. */
export async function resolveOwnModel({
  services,
  userId,
  endpointId,
  modelId,
}: OfUser<Reading> & { endpointId: string; modelId: string }): Promise<ResolvedModel | undefined> {
  const { ownModels } = services
  const read = ownModels && (await readEndpoint({ services, userId, endpointId }))
  if (!read) return undefined
  if (!read.isReadable) throw unusable('key-unreadable', read.stored.name)
  return ownModels.resolve(endpointOf(read), modelId)
}

/** Of a key only the end, and of a short one nothing. */
export function shownEndpoint({ stored, key, isReadable }: Read): ShownEndpoint {
  const { id, name, kind, baseUrl } = stored
  const end = key !== undefined && key.length >= keyLengthShownFrom ? key.slice(-4) : ''
  if (!isReadable) return { id, name, kind, baseUrl, key: { status: 'unreadable' } }
  const status =
    key === undefined ? { status: 'none' as const } : { status: 'stored' as const, end }
  return { id, name, kind, baseUrl, key: status }
}

const keyLengthShownFrom = 12

export async function readEndpoints({ services, userId }: OfUser<Reading>): Promise<Read[]> {
  const stored = await services.db.userEndpoints.list({ userId })
  return stored.map((endpoint) => openStored({ services, userId, stored: endpoint }))
}

export async function readEndpoint({
  endpointId,
  ...user
}: OfUser<Reading> & { endpointId: string }): Promise<Read | undefined> {
  const stored = await user.services.db.userEndpoints.list({ userId: user.userId })
  const found = stored.find(({ id }) => id === endpointId)
  return found && openStored({ ...user, stored: found })
}

/** A key opens for its user, its endpoint and the server that it was given for, and for no other. */
export function placeOfKey(userId: string, { id, baseUrl }: { id: string; baseUrl: string }) {
  return [userId, id, new URL(baseUrl).origin].join(' ')
}

function openStored({
  services,
  userId,
  stored,
}: OfUser<Reading> & { stored: StoredEndpoint }): Read {
  const { id, sealedKey } = stored
  if (sealedKey === null) return { stored, key: undefined, isReadable: true }
  const place = placeOfKey(userId, stored)
  const opened = services.keyBox.open(sealedKey, place)
  if (opened?.isOutdated) {
    const to = services.keyBox.seal(opened.key, place)
    services.db.userEndpoints
      .reseal({ userId, endpointId: id, from: sealedKey, to })
      .catch((error: unknown) => log.warn('A key stays under its old secret.', { error }))
  }
  return { stored, key: opened?.key, isReadable: opened !== undefined }
}

function endpointOf({ stored, key }: Read): OwnEndpoint {
  const { id, name, kind, baseUrl, models, updatedAt } = stored
  return {
    id,
    name,
    kind,
    baseUrls: [baseUrl],
    apiKey: key,
    own: { listed: models.map((model) => ({ id: model.id, name: model.name })) },
    version: updatedAt,
  }
}

function unreadableInfo({ stored: { id, name, kind } }: Read): EndpointInfo {
  return { id, name, kind, status: 'key-unreadable', models: [], own: true }
}
