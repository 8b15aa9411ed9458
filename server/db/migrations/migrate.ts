import 'server-only'
import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Tables } from '../schema'
import { createChats } from './0001-chats'
import type { ColumnTypes } from './column-types'

/** In order, forward only; one that was released is never edited. */
const migrations: Record<string, (types: ColumnTypes) => Migration> = {
  '0001-chats': createChats,
}

/** Brings the database up to date. Several processes may do so at once: one works, the others wait for it. */
export async function migrate(kysely: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  const created = Object.entries(migrations).map(([name, create]) => [name, create(types)] as const)
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(created)) }
  const { error } = await new Migrator({ db: kysely, provider }).migrateToLatest()
  if (error === undefined) return
  const reason = error instanceof Error ? error.message : 'for an unknown reason'
  throw new Error(
    `The database could not be brought up to date (${reason}). If a newer Rivulet has used it, start that one.`,
    { cause: error },
  )
}
