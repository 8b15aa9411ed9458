import 'server-only'
import type { ColumnType, Insertable, Selectable } from 'kysely'
import type { MessageStatus } from '@/shared/chat/message'

/** Written as text by the codec; read as text from SQLite and as a value from Postgres. */
type Json = ColumnType<unknown, string, string>

export type TitleSource = 'first-words' | 'model' | 'user'
/** `compare` stands beside the chat's other run; of those there is one at a time. */
export type RunKind = 'submit' | 'regenerate' | 'continue' | 'compare'

type UserTable = {
  id: string
  kind: 'guest'
  created_at: number
  /** Sessions issued before are void. */
  sessions_ended_at: number | null
}

type ChatTable = {
  id: string
  user_id: string
  title: string
  title_source: TitleSource
  model_provider: string | null
  model_id: string | null
  selected_leaf_id: string | null
  /** The question whose answers are shown side by side, until one of them is gone on with. */
  compared_question_id: string | null
  created_at: number
  updated_at: number
  removed_at: number | null
  pinned_at: number | null
  archived_at: number | null
  folder_id: string | null
  /** When the newest answer ended, unless its user stopped it. */
  answered_at: number | null
  seen_at: number | null
  /** When a temporary chat is deleted, unless that is put off; null for one that is kept. */
  expires_at: number | null
}

type FolderTable = {
  id: string
  user_id: string
  name: string
  position: number
  created_at: number
}

type MessageTable = {
  chat_id: string
  id: string
  parent_id: string | null
  role: 'user' | 'assistant'
  status: MessageStatus
  parts: Json
  metadata: Json
  created_at: number
  /** When this leaf was last gone to by hand: of several below a message, the latest is shown again. */
  chosen_at: number | null
  /** Set on a message and on all below it. Whoever looks messages up, other than by way of a branch, leaves them out. */
  removed_at: number | null
}

type RunTable = {
  id: string
  chat_id: string
  user_id: string
  message_id: string
  kind: RunKind
  request_key: string
  instance: string
  status: MessageStatus
  seq: number
  heartbeat_at: number
  started_at: number
  ended_at: number | null
  /** How the provider calls the answer, where another process could go on reading it. */
  upstream_id: string | null
  stop_requested_at: number | null
}

type QueuedMessageTable = {
  chat_id: string
  id: string
  text: string
  model_provider: string | null
  model_id: string | null
  /** Orders the messages of a chat; not without gaps. */
  position: number
  created_at: number
}

type ChatSettingsTable = {
  chat_id: string
  /** What the chat remembers of the preset that it began with. */
  preset: ColumnType<unknown, string | null, never>
  instructions: string
  parameters: Json
}

/** What a user keeps to begin chats with. */
type LibraryItemTable = {
  user_id: string
  kind: 'preset' | 'prompt'
  id: string
  content: Json
  created_at: number
  updated_at: number
}

type UserSettingTable = {
  user_id: string
  name: string
  value: Json
  updated_at: number
}

type UserEndpointTable = {
  id: string
  user_id: string
  name: string
  kind: 'openai' | 'compatible'
  base_url: string
  /** Its key, encrypted (server/endpoints/key-box.ts). */
  sealed_key: string | null
  /** What it listed when it was tried last. */
  models: Json
  created_at: number
  updated_at: number
}

/** A message, or the title of a chat, as search finds it. The words lie beside it, by engine. */
type SearchEntryTable = {
  /** By time: see search/entry-key.ts. */
  key: number
  user_id: string
  chat_id: string
  /** None for a title. */
  message_id: string | null
  /** Postgres alone has it. */
  tokens: ColumnType<never, string | undefined, never>
}

/** SQLite alone has it: a table of FTS5, without contents. Its own name as a column takes what to match. */
type SearchIndexTable = {
  rowid: number
  facets: ColumnType<never, string, never>
  words: ColumnType<never, string, never>
  search_index: ColumnType<never, never, never>
}

/** Chats whose messages are older than search, and how far they have been read. */
type SearchBacklogTable = {
  chat_id: string
  updated_at: number
  last_message_id: string | null
}

type UsageTable = {
  run_id: string
  user_id: string
  chat_id: string
  message_id: string
  model_provider: string
  model_id: string
  input_tokens: number
  cached_input_tokens: number
  output_tokens: number
  reasoning_tokens: number
  created_at: number
}

/**
 * The tables as queries see them. Types are portable: ids are text, times are milliseconds since the epoch (UTC),
 * JSON passes through the codec.
 */
export type Tables = {
  users: UserTable
  chats: ChatTable
  folders: FolderTable
  chat_settings: ChatSettingsTable
  library_items: LibraryItemTable
  messages: MessageTable
  runs: RunTable
  user_settings: UserSettingTable
  user_endpoints: UserEndpointTable
  usage: UsageTable
  queued_messages: QueuedMessageTable
  search_entries: SearchEntryTable
  search_index: SearchIndexTable
  search_backlog: SearchBacklogTable
}

export type ChatColumns = Selectable<ChatTable>
export type MessageColumns = Selectable<MessageTable>
export type NewMessage = Insertable<MessageTable>
export type RunColumns = Selectable<RunTable>
export type QueuedMessageColumns = Selectable<QueuedMessageTable>
