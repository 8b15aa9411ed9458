import 'server-only'
import type { Kysely } from 'kysely'
import type { Connection } from './connection'
import type { Tables } from './schema'

export type UserQueries = {
  /** Makes the guest's row when there is none yet. */
  ensure(user: { userId: string; now: number }): Promise<void>
}

export function createUserQueries({ kysely }: Connection): UserQueries {
  return { ensure: (user) => ensureUser(kysely, user) }
}

export async function ensureUser(
  kysely: Kysely<Tables>,
  { userId, now }: { userId: string; now: number },
): Promise<void> {
  await kysely
    .insertInto('users')
    .values({ id: userId, kind: 'guest', created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}
