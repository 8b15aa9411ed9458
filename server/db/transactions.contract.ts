import { describe, expect, it } from 'vitest'
import { chat, type DatabaseBench } from './testing/database-bench'

/** Transactions, and the end of a connection. */
export function describeTransactions(bench: DatabaseBench): void {
  const { submit } = bench

  describe('a transaction', () => {
    it('refuses the outer handle, which would wait for it for ever', async () => {
      const users = () => bench.connection.kysely.selectFrom('users').selectAll().execute()

      await expect(bench.connection.transaction(users)).rejects.toThrow('its own handle')
      await expect(
        bench.connection.transaction(() => bench.connection.transaction(() => Promise.resolve())),
      ).rejects.toThrow('its own handle')
      await expect(bench.connection.transaction(() => submit())).rejects.toThrow('its own handle')
      expect(await users()).toHaveLength(2)
    })

    it('lets the outer handle be used by what it left behind once it is over', async () => {
      let startLater = () => {}
      const started = new Promise<void>((resolve) => {
        startLater = resolve
      })
      let later = Promise.resolve<unknown>(undefined)

      await bench.connection.transaction(() => {
        later = started.then(() =>
          bench.connection.kysely.selectFrom('users').selectAll().execute(),
        )
        return Promise.resolve()
      })
      startLater()

      await expect(later).resolves.toHaveLength(2)
    })

    it('leaves nothing behind when it fails', async () => {
      await expect(
        bench.connection.transaction(async (transaction) => {
          const user = { id: 'carl', kind: 'guest', created_at: 1 } as const
          await transaction.insertInto('users').values(user).execute()
          throw new Error('No')
        }),
      ).rejects.toThrow('No')

      expect(await bench.connection.kysely.selectFrom('users').selectAll().execute()).toHaveLength(
        2,
      )
    })
  })

  it('says whether it can be reached', async () => {
    await expect(bench.database.ping()).resolves.toBeUndefined()
    await bench.database.close()
    await expect(bench.database.ping()).rejects.toThrow(/not open|closed|finalized/)
  })

  it('may be closed twice, and answers nothing afterwards', async () => {
    await bench.database.close()
    await bench.database.close()

    await expect(bench.database.chats.get(chat)).rejects.toThrow(/not open|closed/)
  })
}
