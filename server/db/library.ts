import 'server-only'
import type * as z from 'zod/mini'
import { libraryMax } from '@/shared/presets/limits'
import type { Connection } from './connection'
import { decodeJson, encodeJson } from './json-codec'
import type { Tables } from './schema'
import { ensureUser } from './users'

type ItemOfUser = { userId: string; id: string }

/** What a user keeps of one kind, under ids that are the user's own: nobody else's are in the way. */
export type LibraryQueries<Item extends { id: string }> = {
  /** Oldest first. What this version cannot read is left out. */
  list(user: { userId: string }): Promise<Item[]>
  get(item: ItemOfUser): Promise<Item | undefined>
  /** In the place of the one with its id, or as a new one. */
  put(change: { userId: string; item: Item; now: number }): Promise<'stored' | 'too-many'>
  remove(item: ItemOfUser): Promise<boolean>
}

export function createLibraryQueries<Schema extends z.ZodMiniType<{ id: string }>>(
  { kysely, transaction }: Connection,
  { kind, schema }: { kind: Tables['library_items']['kind']; schema: Schema },
): LibraryQueries<z.output<Schema>> {
  const rowsOf = (userId: string) =>
    kysely.selectFrom('library_items').where('user_id', '=', userId).where('kind', '=', kind)

  function decode({ id, content }: { id: string; content: unknown }): z.output<Schema>[] {
    const value = decodeJson(content)
    const item = typeof value === 'object' && value !== null ? { ...value, id } : undefined
    const parsed = schema.safeParse(item)
    return parsed.success ? [parsed.data] : []
  }

  return {
    async list({ userId }) {
      const rows = await rowsOf(userId)
        .select(['id', 'content'])
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.flatMap(decode)
    },

    async get({ userId, id }) {
      const row = await rowsOf(userId)
        .where('id', '=', id)
        .select(['id', 'content'])
        .executeTakeFirst()
      return row && decode(row)[0]
    },

    put: ({ userId, item: { id, ...content }, now }) =>
      transaction(async (inside) => {
        await ensureUser(inside, { userId, now })
        const known = await inside
          .selectFrom('library_items')
          .where('user_id', '=', userId)
          .where('kind', '=', kind)
          .select('id')
          .execute()
        if (known.length >= libraryMax && !known.some((item) => item.id === id)) return 'too-many'
        await inside
          .insertInto('library_items')
          .values({
            user_id: userId,
            kind,
            id,
            content: encodeJson(content),
            created_at: now,
            updated_at: now,
          })
          .onConflict((conflict) =>
            conflict.columns(['user_id', 'kind', 'id']).doUpdateSet((eb) => ({
              content: eb.ref('excluded.content'),
              updated_at: eb.ref('excluded.updated_at'),
            })),
          )
          .execute()
        return 'stored'
      }),

    async remove({ userId, id }) {
      const deleted = await kysely
        .deleteFrom('library_items')
        .where('user_id', '=', userId)
        .where('kind', '=', kind)
        .where('id', '=', id)
        .executeTakeFirst()
      return deleted.numDeletedRows > 0n
    },
  }
}
