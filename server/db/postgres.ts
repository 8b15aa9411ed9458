import 'server-only'
import { Kysely, type LogConfig, PostgresAdapter, PostgresDialect, sql } from 'kysely'
import { DatabaseError } from 'pg'
import { type Engine, UnusableDatabaseError } from './engine'
import { postgresColumnTypes } from './migrations/column-types'
import { createPostgresPool, type PostgresPoolOptions } from './postgres-pool'
import type { Tables } from './schema'

export type PostgresOptions = PostgresPoolOptions & { log?: LogConfig }

const serializationFailure = '40001'
const deadlock = '40P01'
const uniqueViolation = '23505'
const racesLost: ReadonlySet<string | undefined> = new Set([
  serializationFailure,
  deadlock,
  uniqueViolation,
])

/** Any number that nobody else locks in this database. */
const migrationLock = 7_481_736_285n

/** How long a start waits for another one that migrates, and how long a migration may take. */
const migrationTimeoutMs = 10 * 60_000

/** Postgres through a pool of connections. Says which database can't be used, and why. */
export async function openPostgres(options: PostgresOptions): Promise<Engine> {
  const engine: Engine = {
    ...connect(options),
    name: 'postgres',
    place: placeOf(options.url),
    columnTypes: postgresColumnTypes,
    openForMigrations: () => connect({ ...options, statementTimeoutMs: migrationTimeoutMs }),
    lockMigrations,
    lostRace: (error) => error instanceof DatabaseError && racesLost.has(error.code),
  }
  await requireReachable(engine)
  return engine
}

function connect({ log, ...options }: PostgresOptions): Pick<Engine, 'kysely' | 'close'> {
  const pool = createPostgresPool(options)
  const dialect = new LocklessDialect({ pool })
  return {
    kysely: new Kysely<Tables>({ dialect, ...(log && { log }) }),
    close: () => pool.end(),
  }
}

async function requireReachable({ kysely, place, close }: Engine): Promise<void> {
  try {
    await sql`select 1`.execute(kysely)
  } catch (error) {
    await close()
    throw new UnusableDatabaseError(
      `The database at ${place} can't be used (${reasonOf(error)}). Check DATABASE_URL, and whether the server runs.`,
      { cause: error },
    )
  }
}

/** An address that resolves to several hosts fails with several errors and no message of its own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for an unknown reason'
  return error.message || ('code' in error ? String(error.code) : error.name)
}

/**
 * Kysely's own lock comes after it has made its tables, which two processes then do at once, and it belongs to the
 * session, which a pooler between us and Postgres gives to somebody else. Ours comes first and ends with the transaction.
 */
async function lockMigrations(transaction: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(transaction)
}

class LocklessDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new LocklessAdapter()
  }
}

class LocklessAdapter extends PostgresAdapter {
  override acquireMigrationLock(): Promise<void> {
    return Promise.resolve()
  }

  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve()
  }
}

function placeOf(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}
