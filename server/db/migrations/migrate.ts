import 'server-only'
import { type Migration, Migrator } from 'kysely/migration'
import { type Engine, UnusableDatabaseError } from '../engine'
import { createChats } from './0001-chats'
import { addInstances } from './0002-instances'
import { createQueue } from './0004-queue'
import { addUserSettings } from './0007-user-settings'
import { addBranches } from './0008-branches'
import { addShelves } from './0009-shelves'
import { addSearch } from './0010-search'
import { createUsage } from './0011-usage'
import { addPresets } from './0012-presets'
import { addTemporaryChats } from './0013-temporary-chats'
import { addUserEndpoints } from './0015-user-endpoints'
import { addComparisons } from './0016-comparisons'
import type { ColumnTypes } from './column-types'

/** In order, forward only; one that was released is never edited. */
const migrations: Record<string, (types: ColumnTypes) => Migration> = {
  '0001-chats': createChats,
  '0002-instances': addInstances,
  '0004-queue': createQueue,
  '0007-user-settings': addUserSettings,
  '0008-branches': addBranches,
  '0009-shelves': addShelves,
  '0010-search': addSearch,
  '0011-usage': createUsage,
  '0012-presets': addPresets,
  '0013-temporary-chats': addTemporaryChats,
  '0015-user-endpoints': addUserEndpoints,
  '0016-comparisons': addComparisons,
}

export const migrationNames: readonly string[] = Object.keys(migrations)

export type MigrateOptions = {
  /** The version to stop at: what an older Rivulet left behind, for tests. The latest when left out. */
  until?: string
}

/** Brings the database up to date. Several processes may do so at once: one works, the others wait for it. */
export async function migrate(engine: Engine, { until }: MigrateOptions = {}): Promise<void> {
  const { kysely, close } = engine.openForMigrations()
  try {
    await kysely.transaction().execute(async (transaction) => {
      await engine.lockMigrations(transaction)
      const migrator = new Migrator({ db: transaction, provider: providerFor(engine) })
      const { error } = until ? await migrator.migrateTo(until) : await migrator.migrateToLatest()
      if (error !== undefined) throw error
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'for an unknown reason'
    throw new UnusableDatabaseError(
      `The database could not be brought up to date (${reason}). If a newer Rivulet has used it, start that one.`,
      { cause: error },
    )
  } finally {
    await close()
  }
}

function providerFor({ columnTypes }: Engine) {
  const created = Object.entries(migrations).map(
    ([name, create]) => [name, create(columnTypes)] as const,
  )
  return { getMigrations: () => Promise.resolve(Object.fromEntries(created)) }
}
