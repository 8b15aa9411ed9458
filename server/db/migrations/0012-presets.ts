import 'server-only'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from './column-types'

/** What a chat asks of its model beside the conversation, and what a user keeps to begin chats with. */
export function addPresets({ json }: ColumnTypes): Migration {
  return {
    async up(kysely) {
      await kysely.schema
        .createTable('chat_settings')
        .addColumn('chat_id', 'text', (column) =>
          column.primaryKey().notNull().references('chats.id').onDelete('cascade'),
        )
        .addColumn('preset', json)
        .addColumn('instructions', 'text', (column) => column.notNull())
        .addColumn('parameters', json, (column) => column.notNull())
        .execute()
      await kysely.schema
        .createTable('library_items')
        .addColumn('user_id', 'text', (column) =>
          column.notNull().references('users.id').onDelete('cascade'),
        )
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('content', json, (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('library_items_key', ['user_id', 'kind', 'id'])
        .execute()
    },
  }
}
