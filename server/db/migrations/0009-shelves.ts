import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Folders, pinned and archived chats, and which answers were not seen yet. */
export function addShelves(): Migration {
  return {
    async up(kysely) {
      await createFolderTable(kysely)
      for (const column of ['pinned_at', 'archived_at', 'answered_at', 'seen_at'])
        await kysely.schema.alterTable('chats').addColumn(column, 'bigint').execute()
      await kysely.schema
        .alterTable('chats')
        .addColumn('folder_id', 'text', (column) =>
          column.references('folders.id').onDelete('set null'),
        )
        .execute()
      await indexShelves(kysely)
    },
  }
}

async function createFolderTable(kysely: Kysely<unknown>): Promise<void> {
  await kysely.schema
    .createTable('folders')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
  await kysely.schema
    .createIndex('folders_of_user')
    .on('folders')
    .columns(['user_id', 'position', 'id'])
    .execute()
}

/**
 * One index for every list that the sidebar shows: each chat stands on one shelf. It is over all rows, because Postgres
 * counts on the figures of no partial index. The other one is for the deletion of a folder.
 */
async function indexShelves(kysely: Kysely<unknown>): Promise<void> {
  await sql`create index chats_on_shelf on chats (user_id, (case
    when removed_at is not null then '@removed'
    when archived_at is not null then '@archived'
    when pinned_at is not null then '@pinned'
    else coalesce(folder_id, '@list') end), updated_at, id)`.execute(kysely)
  await kysely.schema
    .createIndex('chats_of_folder')
    .on('chats')
    .column('folder_id')
    .where(sql.ref('folder_id'), 'is not', null)
    .execute()
}
