import 'server-only'
import type { DatabaseSync } from 'node:sqlite'
import { Kysely, type LogConfig } from 'kysely'
import type { Engine } from './engine'
import { sqliteColumnTypes } from './migrations/column-types'
import type { Tables } from './schema'
import { createSqliteDialect } from './sqlite-dialect'
import { openSqliteFile } from './sqlite-file'

export type SqliteEngine = Engine & { file: DatabaseSync }

export type SqliteOptions = { dataDir: string; log?: LogConfig }

/** SQLite in a data folder, or in memory for `:memory:`. One connection, so transactions never meet. */
export async function openSqlite({ dataDir, log }: SqliteOptions): Promise<SqliteEngine> {
  const file = await openSqliteFile(dataDir)
  const kysely = new Kysely<Tables>({ dialect: createSqliteDialect(file), ...(log && { log }) })
  return {
    name: 'sqlite',
    place: file.location() ?? ':memory:',
    file,
    kysely,
    columnTypes: sqliteColumnTypes,
    openForMigrations: () => ({ kysely, close: () => Promise.resolve() }),
    // The transaction itself begins with the lock on writing.
    lockMigrations: () => Promise.resolve(),
    lostRace: () => false,
    close() {
      if (file.isOpen) file.close()
      return Promise.resolve()
    },
  }
}
