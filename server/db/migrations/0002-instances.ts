import 'server-only'
import type { Migration } from 'kysely/migration'

/** What another process needs to end a run in its writer's place, and to refuse the sessions of a user who left. */
export function addInstances(): Migration {
  return {
    async up(kysely) {
      await kysely.schema.alterTable('runs').addColumn('upstream_id', 'text').execute()
      await kysely.schema.alterTable('users').addColumn('sessions_ended_at', 'bigint').execute()
    },
  }
}
