import 'server-only'
import { Kysely, type LogConfig } from 'kysely'
import { type ChatQueries, createChatQueries } from './chats'
import { type Connection, createConnection } from './connection'
import { createMessageQueries, type MessageQueries } from './messages'
import { sqliteColumnTypes } from './migrations/column-types'
import { migrate } from './migrations/migrate'
import { createRunQueries, type RunQueries } from './runs'
import type { Tables } from './schema'
import { createSqliteDialect } from './sqlite-dialect'
import { openSqliteFile } from './sqlite-file'
import { createUserQueries, type UserQueries } from './users'

/** Everything that is stored. One per process: SQLite has one connection. */
export type Database = {
  users: UserQueries
  chats: ChatQueries
  messages: MessageQueries
  runs: RunQueries
  /** Idempotent; what is asked afterwards fails. */
  close(): void
  /** The database file, or `:memory:`. */
  path: string
}

/** Opens the database of a data folder, or one in memory for `:memory:`, and brings it up to date. */
export async function openDatabase({ dataDir }: { dataDir: string }): Promise<Database> {
  const { database } = await openSqlite({ dataDir })
  return database
}

/** The database together with the handle below it, for tests that look underneath. */
export async function openSqlite({ dataDir, log }: { dataDir: string; log?: LogConfig }) {
  const file = await openSqliteFile(dataDir)
  const kysely = new Kysely<Tables>({ dialect: createSqliteDialect(file), ...(log && { log }) })
  const close = () => {
    if (file.isOpen) file.close()
  }
  try {
    await migrate(kysely, sqliteColumnTypes)
  } catch (error) {
    close()
    throw error
  }
  const connection = createConnection(kysely)
  const database: Database = {
    ...createQueries(connection),
    close,
    path: file.location() ?? ':memory:',
  }
  return { database, connection, file }
}

function createQueries(connection: Connection) {
  return {
    users: createUserQueries(connection),
    chats: createChatQueries(connection),
    messages: createMessageQueries(connection),
    runs: createRunQueries(connection),
  }
}
