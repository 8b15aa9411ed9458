import 'server-only'
import type { Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import type { Connection } from './connection'
import { cleanText, decodeJson, encodeJson } from './json-codec'
import type { Tables } from './schema'
import { ensureUser } from './users'

export type StoredEndpoint = {
  id: string
  name: string
  kind: 'openai' | 'compatible'
  baseUrl: string
  sealedKey: string | null
  /** What it listed when it was tried last. */
  models: { id: string; name?: string | undefined }[]
  updatedAt: number
}

type EndpointOfUser = { userId: string; endpointId: string }
type Values = Omit<StoredEndpoint, 'id' | 'updatedAt'>

/** Somebody else's endpoint is answered like an unknown one: `false`. */
export type UserEndpointQueries = {
  /** The oldest first. */
  list(user: { userId: string }): Promise<StoredEndpoint[]>
  /** `false`: the user has as many as may be. */
  create(
    endpoint: EndpointOfUser & { values: Values; countMax: number; now: number },
  ): Promise<boolean>
  /** Later than it was, also where the clock says otherwise: caches go by that. */
  change(endpoint: EndpointOfUser & { values: Values; now: number }): Promise<boolean>
  /** Puts another text in the place of this one, if that is still there: the same key, under another secret. */
  reseal(endpoint: EndpointOfUser & { from: string; to: string }): Promise<void>
  remove(endpoint: EndpointOfUser): Promise<boolean>
}

const storedVersion = 1
const modelsSchema = z.object({
  v: z.literal(storedVersion),
  models: z.array(z.object({ id: z.string(), name: z.string().optional() })),
})

export function createUserEndpointQueries({
  kysely,
  transaction,
}: Connection): UserEndpointQueries {
  return {
    async list({ userId }) {
      const rows = await kysely
        .selectFrom('user_endpoints')
        .where('user_id', '=', userId)
        .selectAll()
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(toStored)
    },

    create: (endpoint) => transaction((inside) => createEndpoint(inside, endpoint)),

    async change({ userId, endpointId, values, now }) {
      const changed = await kysely
        .updateTable('user_endpoints')
        .where('id', '=', endpointId)
        .where('user_id', '=', userId)
        .set((eb) => ({
          ...toColumns(values),
          updated_at: eb
            .case()
            .when('updated_at', '<', now)
            .then(now)
            .else(eb('updated_at', '+', 1))
            .end(),
        }))
        .executeTakeFirst()
      return changed.numUpdatedRows > 0n
    },

    async reseal({ userId, endpointId, from, to }) {
      await kysely
        .updateTable('user_endpoints')
        .where('id', '=', endpointId)
        .where('user_id', '=', userId)
        .where('sealed_key', '=', from)
        .set({ sealed_key: to })
        .execute()
    },

    async remove({ userId, endpointId }) {
      const deleted = await kysely
        .deleteFrom('user_endpoints')
        .where('id', '=', endpointId)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return deleted.numDeletedRows > 0n
    },
  }
}

async function createEndpoint(
  transaction: Kysely<Tables>,
  { userId, endpointId, values, countMax, now }: Parameters<UserEndpointQueries['create']>[0],
): Promise<boolean> {
  await ensureUser(transaction, { userId, now })
  const own = await transaction
    .selectFrom('user_endpoints')
    .where('user_id', '=', userId)
    .select('id')
    .execute()
  if (own.length >= countMax) return false
  await transaction
    .insertInto('user_endpoints')
    .values({
      id: endpointId,
      user_id: userId,
      ...toColumns(values),
      created_at: now,
      updated_at: now,
    })
    .execute()
  return true
}

function toColumns({ name, kind, baseUrl, sealedKey, models }: Values) {
  return {
    name: cleanText(name),
    kind,
    base_url: cleanText(baseUrl),
    sealed_key: sealedKey,
    models: encodeJson({ v: storedVersion, models }),
  }
}

function toStored(row: Selectable<Tables['user_endpoints']>): StoredEndpoint {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    baseUrl: row.base_url,
    sealedKey: row.sealed_key,
    models: modelsSchema.safeParse(decodeJson(row.models)).data?.models ?? [],
    updatedAt: row.updated_at,
  }
}
