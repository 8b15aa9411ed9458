import 'server-only'
import type { Kysely } from 'kysely'
import type { ColumnTypes } from './migrations/column-types'
import type { Tables } from './schema'

/** The database can't be opened, for a reason that whoever runs the server can put right: the message says how. */
export class UnusableDatabaseError extends Error {
  override readonly name = 'UnusableDatabaseError'
}

/** What one of the two databases does in its own way; everything else is the same queries. */
export type Engine = {
  name: 'sqlite' | 'postgres'
  /** The database file, or `:memory:`; for Postgres its address, without a password. */
  place: string
  kysely: Kysely<Tables>
  columnTypes: ColumnTypes
  /** Another way in, where a statement may take as long as a migration needs. To be closed. */
  openForMigrations: () => { kysely: Kysely<Tables>; close: () => Promise<void> }
  /** Taken first in the transaction of the migrations; the second of two processes waits here for the first. */
  lockMigrations: (transaction: Kysely<Tables>) => Promise<void>
  /** Whether a transaction failed, leaving nothing behind, only because of what another did at the same moment. */
  lostRace: (error: unknown) => boolean
  /** Idempotent. */
  close: () => Promise<void>
}
