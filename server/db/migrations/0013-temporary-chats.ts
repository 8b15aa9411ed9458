import 'server-only'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Chats that are deleted at a time, unless a page that shows them puts it off. */
export function addTemporaryChats(): Migration {
  return {
    async up(kysely) {
      await kysely.schema.alterTable('chats').addColumn('expires_at', 'bigint').execute()
      await kysely.schema
        .createIndex('chats_expiring')
        .on('chats')
        .column('expires_at')
        .where(sql.ref('expires_at'), 'is not', null)
        .execute()
    },
  }
}
