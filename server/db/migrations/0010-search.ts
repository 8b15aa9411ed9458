import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from './column-types'

/** What search reads. Messages that are there already wait in the backlog; they are indexed while the server runs. */
export function addSearch(types: ColumnTypes): Migration {
  return {
    async up(kysely) {
      await createEntryTable(kysely, types)
      await (types.textSearch === 'fts5' ? createWordTable(kysely) : indexTokens(kysely))
      await createBacklogTable(kysely)
    },
  }
}

async function createEntryTable(
  kysely: Kysely<unknown>,
  { rowKey, textSearch }: ColumnTypes,
): Promise<void> {
  const table = kysely.schema
    .createTable('search_entries')
    .addColumn('key', rowKey, (column) => column.primaryKey().notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('chats.id').onDelete('cascade'),
    )
    .addColumn('message_id', 'text')
    .addForeignKeyConstraint(
      'search_entries_message',
      ['chat_id', 'message_id'],
      'messages',
      ['chat_id', 'id'],
      (constraint) => constraint.onDelete('cascade'),
    )
  const withWords =
    textSearch === 'tsvector'
      ? table.addColumn('tokens', sql`tsvector`, (column) => column.notNull())
      : table
  await withWords.execute()
  await kysely.schema
    .createIndex('search_entries_of_message')
    .unique()
    .on('search_entries')
    .columns(['chat_id', 'message_id'])
    .execute()
  await kysely.schema
    .createIndex('search_entries_of_title')
    .unique()
    .on('search_entries')
    .column('chat_id')
    .where(sql.ref('message_id'), 'is', null)
    .execute()
  await kysely.schema
    .createIndex('search_entries_of_user')
    .on('search_entries')
    .columns(['user_id', 'key'])
    .execute()
}

/**
 * Without contents: what was found is read where it stands. `ascii` takes all other characters as they come. Its pages
 * are small because FTS5 merges 64 of them at once, now and then, while it takes a new message.
 */
async function createWordTable(kysely: Kysely<unknown>): Promise<void> {
  await sql`create virtual table search_index using fts5(
    facets, words, content = '', contentless_delete = 1, tokenize = 'ascii'
  )`.execute(kysely)
  await sql`insert into search_index (search_index, rank) values ('pgsz', 512)`.execute(kysely)
  await sql`create trigger search_entries_deleted after delete on search_entries begin
    delete from search_index where rowid = old.key;
  end`.execute(kysely)
}

/** Written at once: a list of what is still to be merged would make some searches wait for it. */
async function indexTokens(kysely: Kysely<unknown>): Promise<void> {
  await sql`create index search_entries_tokens on search_entries using gin (tokens) with (fastupdate = off)`.execute(
    kysely,
  )
}

async function createBacklogTable(kysely: Kysely<unknown>): Promise<void> {
  await kysely.schema
    .createTable('search_backlog')
    .addColumn('chat_id', 'text', (column) =>
      column.primaryKey().notNull().references('chats.id').onDelete('cascade'),
    )
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('last_message_id', 'text')
    .execute()
  await sql`insert into search_backlog (chat_id, updated_at) select id, updated_at from chats`.execute(
    kysely,
  )
  await kysely.schema
    .createIndex('search_backlog_latest')
    .on('search_backlog')
    .columns(['updated_at', 'chat_id'])
    .execute()
}
