import 'server-only'
import { sql } from 'kysely'
import { type Preset, presetSchema } from '@/shared/presets/preset'
import { type SavedPrompt, savedPromptSchema } from '@/shared/presets/prompt'
import { type ChatSettingsQueries, createChatSettingsQueries } from './chat-settings'
import { type ChatQueries, createChatQueries } from './chats'
import { type Connection, createConnection } from './connection'
import type { Engine } from './engine'
import { createFolderQueries, type FolderQueries } from './folders'
import { createLibraryQueries, type LibraryQueries } from './library'
import { createMessageQueries, type MessageQueries } from './messages'
import { migrate } from './migrations/migrate'
import { openPostgres } from './postgres'
import { createQueueQueries, type QueueQueries } from './queue'
import { createRunQueries, type RunQueries } from './runs'
import { createSearchQueries, type SearchQueries } from './search/search'
import { openSqlite } from './sqlite'
import { createTemporaryChatQueries, type TemporaryChatQueries } from './temporary-chats'
import { createUsageQueries, type UsageQueries } from './usage'
import { createUserEndpointQueries, type UserEndpointQueries } from './user-endpoints'
import { createUserSettingsQueries, type UserSettingsQueries } from './user-settings'
import { createUserQueries, type UserQueries } from './users'

/** Everything that is stored. One per process: SQLite has one connection, Postgres a pool of them. */
export type Database = {
  users: UserQueries
  userSettings: UserSettingsQueries
  userEndpoints: UserEndpointQueries
  usage: UsageQueries
  chats: ChatQueries
  chatSettings: ChatSettingsQueries
  presets: LibraryQueries<Preset>
  prompts: LibraryQueries<SavedPrompt>
  temporaryChats: TemporaryChatQueries
  folders: FolderQueries
  messages: MessageQueries
  runs: RunQueries
  queue: QueueQueries
  search: SearchQueries
  engine: Engine['name']
  /** The database file, or `:memory:`; for Postgres its address, without a password. */
  place: string
  /** Throws when the database can't be reached. */
  ping(): Promise<void>
  /** Idempotent; what is asked afterwards fails. */
  close(): Promise<void>
}

export type DatabaseOptions = {
  /** The folder for SQLite; `:memory:` keeps everything in memory. */
  dataDir: string
  /** Postgres instead of SQLite. */
  databaseUrl?: string | undefined
  poolMax?: number | undefined
  connectTimeoutMs?: number | undefined
  statementTimeoutMs?: number | undefined
}

/** Opens the database and brings it up to date. */
export async function openDatabase({
  dataDir,
  databaseUrl,
  ...limits
}: DatabaseOptions): Promise<Database> {
  const engine =
    databaseUrl === undefined
      ? await openSqlite({ dataDir })
      : await openPostgres({ url: databaseUrl, ...limits })
  const { database } = await openEngine(engine)
  return database
}

export type OpenedDatabase = { database: Database; connection: Connection }

/** The database together with the connection below it, for tests that look underneath. */
export async function openEngine(engine: Engine): Promise<OpenedDatabase> {
  try {
    await migrate(engine)
  } catch (error) {
    await engine.close()
    throw error
  }
  const connection = createConnection(engine)
  return { database: createDatabase(engine, connection), connection }
}

function createDatabase(engine: Engine, connection: Connection): Database {
  return {
    users: createUserQueries(connection),
    userSettings: createUserSettingsQueries(connection),
    userEndpoints: createUserEndpointQueries(connection),
    usage: createUsageQueries(connection),
    chats: createChatQueries(connection),
    chatSettings: createChatSettingsQueries(connection),
    presets: createLibraryQueries(connection, { kind: 'preset', schema: presetSchema }),
    prompts: createLibraryQueries(connection, { kind: 'prompt', schema: savedPromptSchema }),
    temporaryChats: createTemporaryChatQueries(connection),
    folders: createFolderQueries(connection),
    messages: createMessageQueries(connection),
    runs: createRunQueries(connection),
    queue: createQueueQueries(connection),
    search: createSearchQueries(connection),
    engine: engine.name,
    place: engine.place,
    async ping() {
      await sql`select 1`.execute(connection.kysely)
    },
    close: () => engine.close(),
  }
}
