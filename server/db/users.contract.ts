import { describe, expect, it } from 'vitest'
import type { DatabaseBench } from './testing/database-bench'

/** What is kept of a user. */
export function describeUsers(bench: DatabaseBench): void {
  describe('users', () => {
    it('keeps the first of two rows for one user', async () => {
      await bench.database.users.ensure({ userId: 'anna', now: 99 })

      const users = await bench.connection.kysely
        .selectFrom('users')
        .selectAll()
        .orderBy('id')
        .execute()
      expect(users).toEqual([
        { id: 'anna', kind: 'guest', created_at: 1, sessions_ended_at: null },
        { id: 'ben', kind: 'guest', created_at: 1, sessions_ended_at: null },
      ])
    })
  })

  describe('the sessions of a user', () => {
    it('end when the user says so, and end again later', async () => {
      const endedAt = (userId: string) => bench.database.users.sessionsEndedAt({ userId })

      expect(await endedAt('anna')).toBeNull()
      await bench.database.users.endSessions({ userId: 'anna', now: 50 })
      expect(await endedAt('anna')).toBe(50)
      await bench.database.users.endSessions({ userId: 'anna', now: 1_800_000_000_000 })
      expect(await endedAt('anna')).toBe(1_800_000_000_000)
      expect(await endedAt('ben')).toBeNull()
    })

    it('end also before anything else is stored of the user', async () => {
      await bench.database.users.endSessions({ userId: 'carl', now: 50 })
      await bench.database.users.ensure({ userId: 'carl', now: 60 })

      expect(await bench.database.users.sessionsEndedAt({ userId: 'carl' })).toBe(50)
      expect(await bench.database.users.sessionsEndedAt({ userId: 'nobody' })).toBeNull()
    })
  })
}
