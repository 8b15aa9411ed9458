import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What another process needs to stop a run, or to go on with it, and to refuse the sessions of a user who left. */
export function addInstances(): Migration {
  return {
    async up(kysely) {
      await kysely.schema.alterTable('runs').addColumn('upstream_id', 'text').execute()
      await kysely.schema.alterTable('runs').addColumn('stop_requested_at', 'bigint').execute()
      await kysely.schema.alterTable('users').addColumn('sessions_ended_at', 'bigint').execute()
      await indexListedChats(kysely)
    },
  }
}

/** Postgres does not take `removed_at is null` for one value, so `chats_of_user` leaves it to sort every chat of a user. */
async function indexListedChats(kysely: Kysely<unknown>): Promise<void> {
  await kysely.schema
    .createIndex('chats_listed')
    .on('chats')
    .columns(['user_id', 'updated_at', 'id'])
    .where(sql.ref('removed_at'), 'is', null)
    .execute()
}
