import 'server-only'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Several models may answer one message at once: their runs stand beside the chat's one run. */
export function addComparisons(): Migration {
  return {
    async up(kysely) {
      await kysely.schema.alterTable('chats').addColumn('compared_question_id', 'text').execute()
      await kysely.schema.dropIndex('runs_running').execute()
      await kysely.schema
        .createIndex('runs_running')
        .unique()
        .on('runs')
        .column('chat_id')
        .where(sql.ref('status'), '=', sql.lit('running'))
        .where(sql.ref('kind'), '!=', sql.lit('compare'))
        .execute()
      await kysely.schema
        .createIndex('runs_under_way')
        .on('runs')
        .columns(['chat_id', 'message_id'])
        .where(sql.ref('status'), '=', sql.lit('running'))
        .execute()
    },
  }
}
