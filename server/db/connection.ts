import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely, KyselyPlugin } from 'kysely'
import type { Engine } from './engine'
import type { Tables } from './schema'

/** How query files reach the database. */
export type Connection = {
  /** For single statements. Refuses to be used inside a transaction, where it would wait for itself for ever. */
  kysely: Kysely<Tables>
  /**
   * Runs `work` in one transaction, anew from the start where another one won a race against it. It must await nothing
   * but queries on the handle it is given.
   */
  transaction: <Result>(work: (transaction: Kysely<Tables>) => Promise<Result>) => Promise<Result>
}

const attemptsMax = 4

export function createConnection({
  kysely,
  lostRace,
}: Pick<Engine, 'kysely' | 'lostRace'>): Connection {
  const surrounding = new AsyncLocalStorage<{ open: boolean }>()

  function refuseInside(): void {
    if (surrounding.getStore()?.open) {
      throw new Error('A transaction is open here: use its own handle, not the outer one.')
    }
  }

  return {
    kysely: kysely.withPlugin(guardPlugin(refuseInside)),
    async transaction(work) {
      refuseInside()
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await attemptOnce(work)
        } catch (error) {
          if (attempt >= attemptsMax || !lostRace(error)) throw error
        }
      }
    },
  }

  async function attemptOnce<Result>(
    work: (transaction: Kysely<Tables>) => Promise<Result>,
  ): Promise<Result> {
    const scope = { open: true }
    try {
      return await kysely
        .transaction()
        .execute((transaction) => surrounding.run(scope, () => work(transaction)))
    } finally {
      scope.open = false
    }
  }
}

function guardPlugin(guard: () => void): KyselyPlugin {
  return {
    transformQuery({ node }) {
      guard()
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }
}
