import 'server-only'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from './column-types'

/** A row for each thing that a user chose, so that two devices that change different ones do not undo each other. */
export function addUserSettings({ json }: ColumnTypes): Migration {
  return {
    async up(kysely) {
      await kysely.schema
        .createTable('user_settings')
        .addColumn('user_id', 'text', (column) =>
          column.notNull().references('users.id').onDelete('cascade'),
        )
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('value', json, (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('user_settings_key', ['user_id', 'name'])
        .execute()
    },
  }
}
