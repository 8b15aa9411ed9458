import 'server-only'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from './column-types'

/** Endpoints that users bring along. */
export function addUserEndpoints({ json }: ColumnTypes): Migration {
  return {
    async up(kysely) {
      await kysely.schema
        .createTable('user_endpoints')
        .addColumn('id', 'text', (column) => column.primaryKey().notNull())
        .addColumn('user_id', 'text', (column) =>
          column.notNull().references('users.id').onDelete('cascade'),
        )
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('base_url', 'text', (column) => column.notNull())
        .addColumn('sealed_key', 'text')
        .addColumn('models', json, (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute()
      await kysely.schema
        .createIndex('user_endpoints_of_user')
        .on('user_endpoints')
        .columns(['user_id', 'created_at', 'id'])
        .execute()
    },
  }
}
