import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from './column-types'

/** Users, their chats, the messages of those, and the runs that write answers. */
export function createChats({ json }: ColumnTypes): Migration {
  return {
    async up(kysely) {
      await createUserTable(kysely)
      await createChatTable(kysely)
      await createMessageTable(kysely, json)
      await createRunTable(kysely)
    },
  }
}

async function createUserTable(kysely: Kysely<unknown>): Promise<void> {
  await kysely.schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
}

async function createChatTable(kysely: Kysely<unknown>): Promise<void> {
  await kysely.schema
    .createTable('chats')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('title_source', 'text', (column) => column.notNull())
    .addColumn('model_provider', 'text')
    .addColumn('model_id', 'text')
    .addColumn('selected_leaf_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('removed_at', 'bigint')
    .execute()
  await kysely.schema
    .createIndex('chats_of_user')
    .on('chats')
    .columns(['user_id', 'removed_at', 'updated_at', 'id'])
    .execute()
  await kysely.schema
    .createIndex('chats_removed')
    .on('chats')
    .column('removed_at')
    .where(sql.ref('removed_at'), 'is not', null)
    .execute()
}

async function createMessageTable(
  kysely: Kysely<unknown>,
  json: ColumnTypes['json'],
): Promise<void> {
  await kysely.schema
    .createTable('messages')
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('chats.id').onDelete('cascade'),
    )
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('parent_id', 'text')
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('parts', json, (column) => column.notNull())
    .addColumn('metadata', json, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('messages_key', ['chat_id', 'id'])
    // Deleting does not cascade from parent to child: a long chat exceeds SQLite's 1,000 levels of nested actions.
    // The chat's own cascade takes all of its messages at once.
    .addForeignKeyConstraint('messages_parent', ['chat_id', 'parent_id'], 'messages', [
      'chat_id',
      'id',
    ])
    .execute()
  await kysely.schema
    .createIndex('messages_children')
    .on('messages')
    .columns(['chat_id', 'parent_id'])
    .execute()
}

async function createRunTable(kysely: Kysely<unknown>): Promise<void> {
  await kysely.schema
    .createTable('runs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('chats.id').onDelete('cascade'),
    )
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('request_key', 'text', (column) => column.notNull())
    .addColumn('instance', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('heartbeat_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .execute()
  await kysely.schema
    .createIndex('runs_running')
    .unique()
    .on('runs')
    .column('chat_id')
    .where(sql.ref('status'), '=', sql.lit('running'))
    .execute()
  await kysely.schema
    .createIndex('runs_request')
    .on('runs')
    .columns(['chat_id', 'request_key', 'started_at', 'id'])
    .execute()
  await kysely.schema
    .createIndex('runs_latest')
    .on('runs')
    .columns(['chat_id', 'started_at', 'id'])
    .execute()
}
