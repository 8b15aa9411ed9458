import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What it takes to go from branch to branch: when a leaf was last chosen by hand, and which messages are removed. */
export function addBranches(): Migration {
  return {
    async up(kysely) {
      await kysely.schema.alterTable('messages').addColumn('chosen_at', 'bigint').execute()
      await kysely.schema.alterTable('messages').addColumn('removed_at', 'bigint').execute()
      await indexRemovedMessages(kysely)
    },
  }
}

async function indexRemovedMessages(kysely: Kysely<unknown>): Promise<void> {
  await kysely.schema
    .createIndex('messages_removed')
    .on('messages')
    .column('removed_at')
    .where(sql.ref('removed_at'), 'is not', null)
    .execute()
}
