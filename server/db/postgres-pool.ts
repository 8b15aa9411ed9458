import 'server-only'
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { Pool, TypeOverrides } from 'pg'
import { log } from '../log'

export type PostgresPoolOptions = {
  /** As libpq takes it; `sslmode` is read as docs/decisions/011-postgres-outside.md has it. */
  url: string
  /** Connections at most. */
  poolMax?: number | undefined
  /** How long to wait for a connection, be it a new one or one that is in use. */
  connectTimeoutMs?: number | undefined
  /** How long a statement may run, waiting for locks included, before the server gives it up. */
  statementTimeoutMs?: number | undefined
}

const int8 = 20

/** After this much more than the server allows itself, the connection counts as dead. */
const answerMarginMs = 5000

/**
 * Connections that mend themselves. One that breaks is thrown away; what was first asked of it, when that only reads or
 * begins a transaction, is asked once more on another.
 */
export function createPostgresPool({
  url,
  poolMax = 10,
  connectTimeoutMs = 5000,
  statementTimeoutMs = 10_000,
}: PostgresPoolOptions): PostgresPool {
  const pool = new Pool({
    connectionString: withPinnedTls(url),
    max: poolMax,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: statementTimeoutMs + answerMarginMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'rivulet',
    types: columnParsers(),
  })
  pool.on('error', (error) => log.warn('A database connection was lost.', { error }))
  return new MendingPool(pool, statementTimeoutMs)
}

/** Times and sequence numbers are far below 2^53. Only for this pool: the package's own table is everybody's. */
function columnParsers(): TypeOverrides {
  const parsers = new TypeOverrides()
  parsers.setTypeParser(int8, Number)
  return parsers
}

const verifying = new Set(['prefer', 'require', 'verify-ca'])

/** What these modes mean today: the certificate is checked. The next version of the driver would check less. */
function withPinnedTls(url: string): string {
  const pinned = new URL(url)
  const asked = pinned.searchParams.get('sslmode') ?? ''
  const asLibpq = pinned.searchParams.get('uselibpqcompat') === 'true'
  if (asLibpq || !verifying.has(asked)) return url
  pinned.searchParams.set('sslmode', 'verify-full')
  return pinned.href
}

class MendingPool implements PostgresPool {
  readonly options: object
  readonly #pool: Pool
  readonly #statementTimeoutMs: number
  readonly #known = new WeakSet<PostgresPoolClient>()
  #closed: Promise<void> | undefined

  constructor(pool: Pool, statementTimeoutMs: number) {
    this.#pool = pool
    this.#statementTimeoutMs = statementTimeoutMs
    this.options = pool.options
  }

  async connect(): Promise<PostgresPoolClient> {
    return new MendingClient(await this.#checkOut(), () => this.#checkOut())
  }

  end(): Promise<void> {
    this.#closed ??= this.#pool.end()
    return this.#closed
  }

  async #checkOut(): Promise<PostgresPoolClient> {
    if (this.#closed) throw new Error('The database is closed.')
    const client = await this.#pool.connect()
    if (this.#known.has(client)) return client
    // The pool listens only while a connection is idle; an error that nobody listens to ends the process.
    client.on('error', () => {})
    return this.#prepare(client)
  }

  /** By a statement, not at the start of the connection, where poolers such as PgBouncer refuse it. */
  async #prepare(client: PostgresPoolClient): Promise<PostgresPoolClient> {
    const ms = this.#statementTimeoutMs
    try {
      await client.query(
        `set statement_timeout = ${ms}; set idle_in_transaction_session_timeout = ${ms}`,
        [],
      )
    } catch (error) {
      client.release(true)
      throw error
    }
    this.#known.add(client)
    return client
  }
}

class MendingClient implements PostgresPoolClient {
  readonly #replace: () => Promise<PostgresPoolClient>
  #client: PostgresPoolClient | undefined
  #failure: unknown
  #used = false

  constructor(client: PostgresPoolClient, replace: () => Promise<PostgresPoolClient>) {
    this.#client = client
    this.#replace = replace
  }

  query<Row>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  query<Row>(
    statement: string | PostgresCursor<Row>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof statement !== 'string') throw new TypeError('Cursors are not used here.')
    return this.#query<Row>(statement, parameters)
  }

  release(destroy?: boolean): void {
    this.#client?.release(destroy === true || this.#failure !== undefined)
    this.#client = undefined
  }

  async #query<Row>(
    statement: string,
    parameters: readonly unknown[],
  ): Promise<PostgresQueryResult<Row>> {
    const repeatable = !this.#used && /^(begin|select|with)\b/.test(statement)
    this.#used = true
    try {
      return await this.#ask<Row>(statement, parameters)
    } catch (error) {
      if (!repeatable || this.#failure === undefined) throw error
      await this.#mend()
      return this.#ask<Row>(statement, parameters)
    }
  }

  async #ask<Row>(
    statement: string,
    parameters: readonly unknown[],
  ): Promise<PostgresQueryResult<Row>> {
    // A rollback that can't be sent any more would hide why.
    if (!this.#client || this.#failure !== undefined) throw this.#failure
    try {
      return await this.#client.query<Row>(statement, parameters)
    } catch (error) {
      if (isBroken(error)) this.#failure = error
      throw error
    }
  }

  async #mend(): Promise<void> {
    this.release()
    this.#client = await this.#replace()
    this.#failure = undefined
  }
}

/** Classes of SQLSTATE: 08 is the connection, 57P01 to 57P03 a server that goes or comes. `E…` is the system's. */
const brokenCode = /^(08...|57P0[1-3]|E[A-Z]+)$/
const brokenMessage = /^(Connection terminated|Client has encountered|Client was closed|Query read)/

function isBroken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string') return brokenCode.test(error.code)
  return brokenMessage.test(error.message)
}
