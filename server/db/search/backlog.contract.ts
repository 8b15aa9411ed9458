import { beforeEach, describe, expect, it } from 'vitest'
import type { OpenedDatabase } from '../database'
import { useSearchBench } from '../testing/search-bench'

/** How messages that are in no index yet get into it, on every engine. */
export function describeBacklog(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`messages older than search: ${name}`, () => {
    const { database, connection, exchange, idsOf, titlesOf } = useSearchBench(open)

    beforeEach(async () => {
      await exchange({ chatId: 'old', question: 'a heron', title: 'Herons', now: 1000 })
      await exchange({ chatId: 'older', question: 'a heron', now: 500 })
      await connection().kysely.deleteFrom('search_entries').execute()
      await connection()
        .kysely.insertInto('search_backlog')
        .columns(['chat_id', 'updated_at'])
        .expression((eb) => eb.selectFrom('chats').select(['id', 'updated_at']))
        .execute()
    })

    it('are found one after the other, those used last first', async () => {
      expect(await idsOf('heron')).toEqual([])
      expect(await database().search.hasBacklog()).toBe(true)

      expect(await database().search.indexBacklog()).toEqual({ indexed: 2, isDone: false })
      expect(await titlesOf('herons')).toHaveLength(1)
      for (let step = 0; step < 9; step += 1) await database().search.indexBacklog()

      expect(await idsOf('heron')).toEqual(['question1', 'question2'])
      expect(await database().search.indexBacklog()).toEqual({ indexed: 0, isDone: true })
      expect(await database().search.hasBacklog()).toBe(false)
    })

    it('are not found twice when something is written meanwhile', async () => {
      await database().search.indexBacklog()
      await exchange({ chatId: 'old', question: 'another heron', now: 2000 })
      await Promise.all(Array.from({ length: 8 }, () => database().search.indexBacklog()))

      expect(await idsOf('heron')).toEqual(['question3', 'question1', 'question2'])
    })

    it('are forgotten with their chat', async () => {
      for (const chatId of ['old', 'older']) {
        await database().chats.remove({ userId: 'anna', chatId, now: 50 })
      }
      await database().chats.purgeRemoved({ removedBefore: 60 })

      expect(await database().search.indexBacklog()).toEqual({ indexed: 0, isDone: true })
    })
  })
}
