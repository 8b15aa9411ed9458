import 'server-only'
import { type PostgresServer, startPostgres } from '../../../e2e/servers/postgres'
import { type OpenedDatabase, openEngine } from '../database'
import type { Engine } from '../engine'
import { openPostgres, type PostgresOptions } from '../postgres'

export type OpenedPostgres = OpenedDatabase & { engine: Engine }

export type PostgresBench = {
  server: PostgresServer
  /** A pool on that database, an empty one when left out, closed with the bench. */
  open: (options?: Partial<PostgresOptions>) => Promise<OpenedPostgres>
  close(): Promise<void>
}

/** A Postgres to test with; nothing where none can be started, which skips the tests and is said at their end. */
export async function startPostgresBench(): Promise<PostgresBench | undefined> {
  const server = await startPostgres()
  if (!server) return undefined
  const engines: Engine[] = []
  return {
    server,
    async open({ url, ...options } = {}) {
      const engine = await openPostgres({ ...options, url: url ?? (await server.createDatabase()) })
      engines.push(engine)
      return { ...(await openEngine(engine)), engine }
    },
    async close() {
      await Promise.all(engines.map((engine) => engine.close()))
      await server.stop()
    },
  }
}
