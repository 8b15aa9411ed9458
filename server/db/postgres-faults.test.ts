import { sql } from 'kysely'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Connection } from './connection'
import { type PostgresBench, startPostgresBench } from './testing/postgres-bench'
import { anySubmit } from './testing/call-everything'
import { startTcpProxy } from './testing/tcp-proxy'

const bench = await startPostgresBench()
afterAll(() => bench?.close())

function requireBench(): PostgresBench {
  if (!bench) throw new Error('There is no Postgres to test with.')
  return bench
}

const chat = { userId: 'user', chatId: 'chat' }
const end = { runId: 'run', status: 'done', metadata: {}, seq: 2, now: 9 } as const
const parts = [{ type: 'text' as const, text: 'Whole' }]

async function openThroughProxy() {
  const { server, open } = requireBench()
  const proxy = await startTcpProxy(await server.createDatabase())
  onTestFinished(() => proxy.close())
  return { proxy, ...(await open({ url: proxy.url, poolMax: 1 })) }
}

describe.skipIf(!bench)('a connection to Postgres that breaks', () => {
  it('is replaced for a read that it was about to carry', async () => {
    const { proxy, database } = await openThroughProxy()
    await database.users.ensure({ userId: 'user', now: 1 })
    const before = proxy.connections

    proxy.cutBefore('from "users"')

    expect(await database.users.sessionsEndedAt({ userId: 'user' })).toBeNull()
    expect(proxy.connections).toBe(before + 1)
  })

  it('is replaced for a read whose answer was lost', async () => {
    const { proxy, database } = await openThroughProxy()

    proxy.cutAfter('from "users"')

    expect(await database.users.sessionsEndedAt({ userId: 'user' })).toBeNull()
  })

  it('is replaced for a transaction that it was about to begin', async () => {
    const { proxy, database } = await openThroughProxy()

    proxy.cutBefore('begin')

    expect(await database.runs.begin(anySubmit)).toMatchObject({ status: 'started' })
  })

  it('in the middle of a transaction fails it as a whole, and the next one goes well', async () => {
    const { proxy, database } = await openThroughProxy()

    proxy.cutBefore('insert into "runs"')

    await expect(database.runs.begin(anySubmit)).rejects.toThrow(/terminated|ECONNRESET|EPIPE/)
    expect(await database.chats.get(chat)).toBeUndefined()
    expect(await database.runs.begin(anySubmit)).toMatchObject({ status: 'started' })
  })

  it('fails a single write, which may have been carried out', async () => {
    const { proxy, database } = await openThroughProxy()

    proxy.cutAfter('insert into "users"')

    await expect(database.users.ensure({ userId: 'user', now: 1 })).rejects.toThrow(
      /terminated|ECONNRESET|EPIPE/,
    )
    await expect(database.users.ensure({ userId: 'user', now: 2 })).resolves.toBeUndefined()
  })

  it('before a commit was heard of leaves an end that may be saved again', async () => {
    const { proxy, database } = await openThroughProxy()
    await database.runs.begin(anySubmit)

    proxy.cutAfter('commit')

    await expect(database.runs.end({ ...end, parts })).rejects.toThrow(/terminated|ECONNRESET/)
    expect(await database.runs.end({ ...end, parts, now: 10 })).toBe(true)
    expect(await database.runs.find(end)).toMatchObject({ status: 'done', endedAt: 9 })
  })

  it('while a transaction waits for something else ends neither the process nor later ones', async () => {
    const { open } = requireBench()
    const { connection, database } = await open({ poolMax: 1 })
    const { connection: other } = await open({ url: await urlOf(connection) })

    const work = connection.transaction(async (transaction) => {
      await sql`select 1`.execute(transaction)
      await terminateOthers(other)
      await noneLeft(other)
      await sql`select 1`.execute(transaction)
    })

    await expect(work).rejects.toThrow(/terminat|not queryable/)
    await expect(database.ping()).resolves.toBeUndefined()
  })

  it('heals in every place of the pool at once', async () => {
    const { open } = requireBench()
    const { connection, database } = await open({ poolMax: 8 })
    const { connection: other } = await open({ url: await urlOf(connection), poolMax: 1 })
    const pingAll = () => Promise.all(Array.from({ length: 8 }, () => database.ping()))
    await pingAll()

    expect(await terminateOthers(other)).toBeGreaterThan(1)

    await expect(pingAll()).resolves.toHaveLength(8)
    expect(await database.runs.begin(anySubmit)).toMatchObject({ status: 'started' })
  })
})

describe.skipIf(!bench || process.env['DATABASE_URL'])('a Postgres that restarts', () => {
  it.each(['idle', 'busy'])('is found again by a pool that was %s', async (state) => {
    const { server, open } = requireBench()
    const { connection, database } = await open()
    await database.runs.begin(anySubmit)
    const sleeping =
      state === 'busy'
        ? [sql`do $$ begin perform pg_sleep(9); end $$`.execute(connection.kysely)]
        : []
    const settled = Promise.allSettled(sleeping)

    await server.restart()

    expect((await settled).map(({ status }) => status)).toEqual(sleeping.map(() => 'rejected'))
    expect(await database.runs.active(chat)).toMatchObject({ id: 'run' })
    expect(await database.runs.end({ ...end, parts })).toBe(true)
    expect(await database.messages.path(chat)).toMatchObject([{}, { parts }])
  })

  it('fails what is asked meanwhile, and nothing more', async () => {
    const { server, open } = requireBench()
    const { database } = await open()
    await database.ping()

    await server.kill('SIGQUIT')
    await expect(database.ping()).rejects.toThrow('ECONNREFUSED')
    await expect(database.runs.begin(anySubmit)).rejects.toThrow('ECONNREFUSED')
    await server.restart()

    expect(await database.runs.begin(anySubmit)).toMatchObject({ status: 'started' })
  })
})

async function urlOf({ kysely }: Connection): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(kysely)
  const url = new URL(requireBench().server.url)
  url.pathname = rows[0]?.name ?? ''
  return url.href
}

const others = sql`from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`

/** Ends every connection to this database but the one that says so; returns how many. */
async function terminateOthers({ kysely }: Connection): Promise<number> {
  const { rows } = await sql`select pg_terminate_backend(pid) ${others}`.execute(kysely)
  return rows.length
}

async function noneLeft({ kysely }: Connection): Promise<void> {
  for (;;) {
    const { rows } = await sql`select pid ${others}`.execute(kysely)
    if (rows.length === 0) return
  }
}
