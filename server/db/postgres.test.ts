import { once } from 'node:events'
import { createServer } from 'node:net'
import { CompiledQuery, sql } from 'kysely'
import { types } from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Connection } from './connection'
import { describeBranches } from './branches.contract'
import { describeComparisons } from './comparisons.contract'
import { describeDatabase } from './database.contract'
import { describeShelves } from './shelves.contract'
import { openPostgres } from './postgres'
import { describeQueue } from './queue.contract'
import { callEverything } from './testing/call-everything'
import { type PostgresBench, startPostgresBench } from './testing/postgres-bench'
import { describeTemporaryChats } from './temporary-chats.contract'
import { describeUsage } from './usage.contract'
import { describeChatSettings } from './chat-settings.contract'
import { describeLibrary } from './library.contract'
import { describeUserEndpoints } from './user-endpoints.contract'
import { describeUserSettings } from './user-settings.contract'

const bench = await startPostgresBench()
afterAll(() => bench?.close())

const open: PostgresBench['open'] = (options) => {
  if (!bench) throw new Error('There is no Postgres to test with.')
  return bench.open(options)
}

describe.skipIf(!bench)('Postgres', () => {
  const shared = bench?.server.createDatabase()

  const openEmpty = async () => {
    const opened = await open({ url: await shared })
    await opened.connection.kysely.deleteFrom('users').execute()
    return opened
  }
  describeDatabase('Postgres', openEmpty)
  describeQueue('Postgres', openEmpty)
  describeTemporaryChats('Postgres', openEmpty)
  describeUserSettings('Postgres', openEmpty)
  describeUserEndpoints('Postgres', openEmpty)
  describeUsage('Postgres', openEmpty)
  describeChatSettings('Postgres', openEmpty)
  describeLibrary('Postgres', openEmpty)
  describeBranches('Postgres', openEmpty)

  describeComparisons('Postgres', openEmpty)
  describeShelves('Postgres', openEmpty)

  it('reaches every row by an index, and lists without sorting', async () => {
    const queries = new Map<string, CompiledQuery>()
    const { database, connection } = await open({
      log: ({ query }) => void queries.set(query.sql, query),
    })
    await fill(connection)
    queries.clear()
    await callEverything(database)

    const statements = [...queries.values()].filter((query) =>
      /^(select|with|update|delete)/.test(query.sql),
    )
    const plans = await Promise.all(
      statements.map(async (query) => ({
        query: query.sql,
        steps: await explain(connection, query),
      })),
    )

    expect(plans.length).toBeGreaterThan(25)
    expect(plans.filter(({ steps }) => steps.some((step) => step.includes('Seq Scan')))).toEqual([])
    const lists = plans.filter(({ query }) => query.includes('limit'))
    expect(lists.length).toBeGreaterThan(2)
    expect(lists.filter(({ steps }) => steps.some((step) => step.includes('Sort')))).toEqual([])
  }, 60_000)

  it('hands out numbers, and leaves what other code gets from the driver alone', async () => {
    const { connection } = await open()

    const { rows } = await sql`select 1800000000000::bigint as time`.execute(connection.kysely)

    expect(rows).toEqual([{ time: 1_800_000_000_000 }])
    expect(types.getTypeParser(types.builtins.INT8)('1')).toBe('1')
  })

  it('opens no more connections than it may', async () => {
    const { connection } = await open({ poolMax: 3 })
    const used = new Set<unknown>()

    await Promise.all(
      Array.from({ length: 40 }, async () => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
          connection.kysely,
        )
        used.add(rows[0]?.pid)
      }),
    )

    expect(used.size).toBeLessThanOrEqual(3)
  })

  it('gives up a statement that takes too long, and the connection goes on', async () => {
    const { connection, database } = await open({ statementTimeoutMs: 100, poolMax: 1 })

    await expect(sql`select pg_sleep(5)`.execute(connection.kysely)).rejects.toThrow(
      'statement timeout',
    )
    await expect(database.ping()).resolves.toBeUndefined()
  })

  it('gives up waiting for a connection in use', async () => {
    const { connection, database } = await open({ poolMax: 1, connectTimeoutMs: 100 })
    const release = Promise.withResolvers<void>()
    const holding = connection.transaction(() => release.promise)

    await expect(database.ping()).rejects.toThrow('timeout exceeded')
    release.resolve()
    await holding
    await expect(database.ping()).resolves.toBeUndefined()
  })
})

describe('a Postgres that cannot be used', () => {
  it('is named with what to do, and without the password', async () => {
    const url = 'postgres://someone:hunter2@127.0.0.1:1/chats'

    const error: unknown = await openPostgres({ url }).catch((reason: unknown) => reason)

    expect(String(error)).toContain(
      "The database at postgres://127.0.0.1:1/chats can't be used (connect ECONNREFUSED 127.0.0.1:1). Check DATABASE_URL",
    )
    expect(String(error)).not.toContain('hunter2')
  })

  it('is given up when it takes the connection and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = z.object({ port: z.number() }).parse(silent.address())
    const url = `postgres://postgres@127.0.0.1:${address.port}/chats`

    await expect(openPostgres({ url, connectTimeoutMs: 100 })).rejects.toThrow('timeout')
    silent.close()
  })
})

/** So much of everything that reading a whole table costs more than going through an index. */
async function fill({ kysely }: Connection): Promise<void> {
  const chats = sql.lit(3000)
  await sql`insert into users (id, kind, created_at)
    select 'u' || n, 'guest', n from generate_series(1, 3000) n`.execute(kysely)
  await sql`insert into users (id, kind, created_at) values ('user', 'guest', 1)`.execute(kysely)
  await sql`insert into folders (id, user_id, name, position, created_at)
    values ('folder', 'user', 'Folder', 1, 1)`.execute(kysely)
  await sql`insert into chats (id, user_id, title, title_source, selected_leaf_id, created_at, updated_at, removed_at, folder_id)
    select 'c' || n, case when n % 3 = 0 then 'user' else 'u' || n % 300 + 1 end, 'Title', 'model', 'm9', n, n,
      case when n % 100 = 0 then n end, case when n % 6 = 0 then 'folder' end from generate_series(1, ${chats}) n`.execute(
    kysely,
  )
  await sql`insert into messages (chat_id, id, parent_id, role, status, parts, metadata, created_at)
    select 'c' || c, 'm' || m, case when m > 1 then 'm' || m - 1 end, 'user', 'done', '{"v":1,"parts":[]}', '{}', m
      from generate_series(1, ${chats}) c, generate_series(1, 9) m`.execute(kysely)
  await sql`insert into runs (id, chat_id, user_id, message_id, kind, request_key, instance, status, seq, heartbeat_at, started_at)
    select 'r' || c || '-' || m, 'c' || c, 'user', 'm' || m, 'submit', 'm' || m, 'here',
      case when m = 9 and c % 50 = 0 then 'running' else 'done' end, 1, m, m
      from generate_series(1, ${chats}) c, generate_series(2, 9) m`.execute(kysely)
  await sql`insert into queued_messages (chat_id, id, text, position, created_at)
    select 'c' || c, 'q' || m, 'Text', m, m from generate_series(1, ${chats}) c, generate_series(1, 9) m`.execute(
    kysely,
  )
  await sql`insert into user_settings (user_id, name, value, updated_at)
    select 'u' || n, 'theme', '{"v":1,"value":"dark"}', n from generate_series(1, 3000) n`.execute(
    kysely,
  )
  await sql`insert into user_endpoints (id, user_id, name, kind, base_url, models, created_at, updated_at)
    select 'own-' || n, 'u' || n, 'Mine', 'compatible', 'https://api.example/v1', '{"v":1,"models":[]}', n, n
      from generate_series(1, 3000) n`.execute(kysely)
  await sql`insert into folders (id, user_id, name, position, created_at)
    select 'f' || n, 'u' || n % 300 + 1, 'Folder', n, n from generate_series(1, 3000) n`.execute(
    kysely,
  )
  await sql`insert into chat_settings (chat_id, instructions, parameters)
    select 'c' || n, '', '{}' from generate_series(1, ${chats}) n`.execute(kysely)
  await sql`insert into library_items (user_id, kind, id, content, created_at, updated_at)
    select 'u' || n % 300 + 1, 'preset', 'p' || n, '{}', n, n from generate_series(1, 3000) n`.execute(
    kysely,
  )
  await sql`insert into search_entries (key, user_id, chat_id, message_id, tokens)
    select c * 10 + m, 'user', 'c' || c, case when m > 0 then 'm' || m end, ''
      from generate_series(1, ${chats}) c, generate_series(0, 9) m`.execute(kysely)
  await sql`insert into search_backlog (chat_id, updated_at)
    select 'c' || n, n from generate_series(1, ${chats}) n`.execute(kysely)
  await sql`insert into usage (run_id, user_id, chat_id, message_id, model_provider, model_id,
      input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, created_at)
    select 'r' || n, 'u' || n % 3000 + 1, 'c' || n, 'm', 'openai', 'gpt', 1, 1, 1, 1, n from generate_series(1, 9000) n`.execute(
    kysely,
  )
  await sql`analyze`.execute(kysely)
}

const planSchema = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: z.json() })]) })])

/** The kinds of steps that the server would take, such as `Index Scan chats_listed`. */
async function explain({ kysely }: Connection, query: CompiledQuery): Promise<string[]> {
  const asked = CompiledQuery.raw(`explain (format json) ${query.sql}`, [...query.parameters])
  const { rows } = await kysely.executeQuery(asked)
  const [{ 'QUERY PLAN': plan }] = planSchema.parse(rows)
  return stepsOf(plan[0].Plan)
}

const stepSchema = z.object({
  'Node Type': z.string(),
  'Index Name': z.string().optional(),
  Plans: z.array(z.json()).default([]),
})

function stepsOf(plan: unknown): string[] {
  const step = stepSchema.parse(plan)
  return [`${step['Node Type']} ${step['Index Name'] ?? ''}`, ...step.Plans.flatMap(stepsOf)]
}
