import 'server-only'
import type { Kysely } from 'kysely'
import type { Connection } from './connection'
import type { Tables } from './schema'

export type UserQueries = {
  /** Makes the guest's row when there is none yet. */
  ensure(user: { userId: string; now: number }): Promise<void>
  /** From now on every session issued before is void. */
  endSessions(user: { userId: string; now: number }): Promise<void>
  /** When the user's sessions were last ended; null for never. */
  sessionsEndedAt(user: { userId: string }): Promise<number | null>
}

export function createUserQueries({ kysely }: Connection): UserQueries {
  return {
    ensure: (user) => ensureUser(kysely, user),

    async endSessions({ userId, now }) {
      await kysely
        .insertInto('users')
        .values({ id: userId, kind: 'guest', created_at: now, sessions_ended_at: now })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ sessions_ended_at: now }))
        .execute()
    },

    async sessionsEndedAt({ userId }) {
      const user = await kysely
        .selectFrom('users')
        .where('id', '=', userId)
        .select('sessions_ended_at')
        .executeTakeFirst()
      return user?.sessions_ended_at ?? null
    },
  }
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
