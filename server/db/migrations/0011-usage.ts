import 'server-only'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What each run used. It outlasts its chat: who deletes a chat has paid for it nevertheless. */
export function createUsage(): Migration {
  return {
    async up(kysely) {
      await createUsageTable(kysely)
      await kysely.schema
        .createIndex('usage_of_user')
        .on('usage')
        .columns(['user_id', 'created_at'])
        .execute()
      await kysely.schema
        .createIndex('usage_of_chat')
        .on('usage')
        .columns(['user_id', 'chat_id'])
        .execute()
    },
  }
}

async function createUsageTable(kysely: Kysely<unknown>): Promise<void> {
  await kysely.schema
    .createTable('usage')
    .addColumn('run_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('model_provider', 'text', (column) => column.notNull())
    .addColumn('model_id', 'text', (column) => column.notNull())
    .addColumn('input_tokens', 'bigint', (column) => column.notNull())
    .addColumn('cached_input_tokens', 'bigint', (column) => column.notNull())
    .addColumn('output_tokens', 'bigint', (column) => column.notNull())
    .addColumn('reasoning_tokens', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
}
