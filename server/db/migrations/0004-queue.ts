import 'server-only'
import type { Migration } from 'kysely/migration'

/** What waits in a chat to be sent when the answer being written is done. */
export function createQueue(): Migration {
  return {
    async up(kysely) {
      await kysely.schema
        .createTable('queued_messages')
        .addColumn('chat_id', 'text', (column) =>
          column.notNull().references('chats.id').onDelete('cascade'),
        )
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('model_provider', 'text')
        .addColumn('model_id', 'text')
        .addColumn('position', 'bigint', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('queued_messages_key', ['chat_id', 'id'])
        .execute()
      await kysely.schema
        .createIndex('queued_messages_order')
        .on('queued_messages')
        .columns(['chat_id', 'position'])
        .execute()
    },
  }
}
