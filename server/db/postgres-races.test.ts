import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@/shared/errors/app-error'
import type { RunEnd } from '@/shared/stream/stream-event'
import type { BeginRun } from './run-to-begin'
import { type Database, openEngine } from './database'
import { migrationNames } from './migrations/migrate'
import { openPostgres } from './postgres'
import {
  type OpenedPostgres,
  type PostgresBench,
  startPostgresBench,
} from './testing/postgres-bench'
import { startChild } from './testing/start-child'

const bench = await startPostgresBench()
afterAll(() => bench?.close())

function requireBench(): PostgresBench {
  if (!bench) throw new Error('There is no Postgres to test with.')
  return bench
}

const text = (words: string) => [{ type: 'text' as const, text: words }]

describe.skipIf(!bench)('several instances on one Postgres', () => {
  let url: string
  let a: OpenedPostgres
  let b: OpenedPostgres

  beforeAll(async () => {
    const { server, open } = requireBench()
    url = await server.createDatabase()
    a = await open({ url })
    b = await open({ url })
  })

  it('start one of two different messages sent at once, to a new chat and to an old one', async () => {
    for (let round = 0; round < 15; round += 1) {
      const chatId = `different${round}`
      for (const messages of [2, 4]) {
        const begun = await Promise.all([
          a.database.runs.begin(submit(chatId)),
          b.database.runs.begin(submit(chatId)),
        ])

        expect(begun.map(({ status }) => status).toSorted()).toEqual(['busy', 'started'])
        expect(await a.database.messages.path({ userId: 'anna', chatId })).toHaveLength(messages)
        const { id: runId } = (await a.database.runs.active({ userId: 'anna', chatId })) ?? {}
        await b.database.runs.end({ ...done, runId: runId ?? '' })
      }
    }
  })

  it('start one run for one message sent to all of them, and attach the rest', async () => {
    for (let round = 0; round < 15; round += 1) {
      const chatId = `same${round}`
      const copies = [a, b, a, b].map(({ database }) =>
        database.runs.begin(submit(chatId, `same${round}`)),
      )

      const statuses = (await Promise.all(copies)).map(({ status }) => status)

      expect(statuses.toSorted()).toEqual(['attached', 'attached', 'attached', 'started'])
      expect(await a.database.messages.path({ userId: 'anna', chatId })).toHaveLength(2)
    }
  })

  it('send the first message of a queue once, whoever takes it, and lose none that comes meanwhile', async () => {
    for (let round = 0; round < 15; round += 1) {
      const chat = { userId: 'anna', chatId: `queue${round}` }
      const first = submit(chat.chatId)
      await a.database.runs.begin(first)
      const waiting = { ...chat, text: 'Next', model: undefined, lengthMax: 20, now: 2 }
      await a.database.queue.add({ ...waiting, id: 'one' })
      await a.database.runs.end({ ...done, runId: first.runId })

      const takeFirst = ({ database }: OpenedPostgres, taker: string) =>
        database.runs.beginQueued({
          ...submit(chat.chatId),
          runId: `${chat.chatId}${taker}`,
          answerId: `answer of ${taker}`,
          queuedId: 'one',
        })
      const [added, ...begun] = await Promise.all([
        b.database.queue.add({ ...waiting, id: 'two' }),
        takeFirst(a, 'a'),
        takeFirst(b, 'b'),
      ])

      expect(begun.map(({ status }) => status).toSorted()).toEqual(['not-found', 'started'])
      expect(added.status).toBe('added')
      expect((await a.database.queue.list(chat)).map(({ id }) => id)).toEqual(['two'])
      expect(await a.database.messages.path(chat)).toHaveLength(4)
    }
  })

  it('are busy, not broken, when only the unique index holds a second run off', async () => {
    const first = submit('guarded')
    await a.database.runs.begin(first)
    await a.database.runs.end({ ...done, runId: first.runId })
    const inserted = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const behindTheLock = a.connection.transaction(async (transaction) => {
      await sql`insert into runs (id, chat_id, user_id, message_id, kind, request_key, instance, status, seq, heartbeat_at, started_at)
        select 'unlocked', chat_id, user_id, message_id, kind, 'other', instance, 'running', 0, 1, 1
        from runs where id = ${first.runId}`.execute(transaction)
      inserted.resolve()
      await release.promise
    })
    await inserted.promise

    const second = b.database.runs.begin(submit('guarded'))
    await someoneWaits(a)
    release.resolve()
    await behindTheLock

    expect(await second).toEqual({ status: 'busy', runId: 'unlocked' })
  })

  it('let one of many ends win, and keep what that one said', async () => {
    for (let round = 0; round < 20; round += 1) {
      const begin = submit(`ends${round}`)
      const { runId, chatId } = begin
      await a.database.runs.begin(begin)
      const progress = { runId, metadata: {}, seq: 3, now: 7 }
      await a.database.runs.checkpoint({ ...progress, parts: text('stored') })

      const ends: [RunEnd, string, Promise<boolean>][] = [
        [
          'done',
          'written',
          a.database.runs.end({ ...progress, status: 'done', seq: 9, parts: text('written') }),
        ],
        [
          'failed',
          'broken',
          b.database.runs.end({ ...progress, status: 'failed', seq: 8, parts: text('broken') }),
        ],
        [
          'interrupted',
          'logged',
          b.database.runs.interrupt({ runId, now: 7, progress: { parts: text('logged'), seq: 5 } }),
        ],
      ]
      const late = a.database.runs.checkpoint({ ...progress, parts: text('stored') })
      const won = await Promise.all(ends.map(([, , result]) => result))
      await late

      expect(won.filter(Boolean)).toHaveLength(1)
      const [status, words] = ends[won.indexOf(true)] ?? []
      const answer = (await a.database.messages.path({ userId: 'anna', chatId })).at(-1)
      expect(answer).toMatchObject({ parts: text(words ?? ''), metadata: { status } })
      expect(await b.database.runs.find({ runId })).toMatchObject({ status })
    }
  })

  it('are tried again after a deadlock', async () => {
    await Promise.all(['x', 'y'].map((userId) => a.database.users.ensure({ userId, now: 1 })))
    const both = Promise.withResolvers<void>()
    let waiting = 0
    const meet = () => {
      waiting += 1
      if (waiting === 2) both.resolve()
      return both.promise
    }
    const lockInTurn = ({ connection }: OpenedPostgres, order: readonly string[]) =>
      connection.transaction(async (transaction) => {
        for (const id of order) {
          await sql`update users set created_at = created_at + 1 where id = ${id}`.execute(
            transaction,
          )
          await meet()
        }
      })

    await Promise.all([lockInTurn(a, ['x', 'y']), lockInTurn(b, ['y', 'x'])])

    const { rows } = await sql`select created_at from users where id in ('x', 'y')`.execute(
      a.connection.kysely,
    )
    expect(rows).toEqual([{ created_at: 3 }, { created_at: 3 }])
  })
})

describe.skipIf(!bench)('three instances on one Postgres', () => {
  it.each([1, 2, 3])(
    'agree in the end, whatever they do at once (seed %i)',
    async (seed) => {
      const { server, open } = requireBench()
      const url = await server.createDatabase()
      const instances = await Promise.all([open({ url }), open({ url }), open({ url })])
      const random = randomOf(seed)
      const steps = Array.from({ length: 300 }, () => ({
        database: (instances[Math.floor(random() * 3)] ?? instances[0]).database,
        chatId: `chat${Math.floor(random() * 2)}`,
        choice: random(),
      }))

      const lanes = [0, 1, 2, 3, 4, 5].map(async (lane) => {
        for (const step of steps.filter((_, index) => index % 6 === lane)) await take(step)
      })
      await Promise.all(lanes)

      expect(await contradictions(instances[0])).toEqual([])
    },
    60_000,
  )
})

describe.skipIf(!bench)('several instances starting on one empty Postgres', () => {
  it('migrate it once, twenty at a time', async () => {
    const { server } = requireBench()
    const url = await server.createDatabase()

    const opened = await Promise.all(
      Array.from({ length: 20 }, async () => openEngine(await openPostgres({ url, poolMax: 2 }))),
    )

    const [first] = opened
    const applied = first && sql`select name from kysely_migration`.execute(first.connection.kysely)
    expect((await applied)?.rows).toHaveLength(migrationNames.length)
    await Promise.all(opened.map(({ database }) => database.close()))
  }, 30_000)

  it('wait for the one that migrates for longer than a statement may take', async () => {
    const { server, open } = requireBench()
    const migrated = await open()
    const url = new URL(server.url)
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
      migrated.connection.kysely,
    )
    url.pathname = rows[0]?.name ?? ''
    const held = Promise.withResolvers<void>()
    const holding = migrated.connection.transaction(async (transaction) => {
      await migrated.engine.lockMigrations(transaction)
      await held.promise
    })

    const starting = open({ url: url.href, statementTimeoutMs: 20 })
    await someoneWaits(migrated)
    await sql`select pg_sleep(0.1)`.execute(migrated.connection.kysely)
    held.resolve()
    await holding

    await expect(starting).resolves.toBeDefined()
  })

  it('as processes of their own migrate it once, and start one run', async () => {
    const { server, open } = requireBench()
    const url = await server.createDatabase()
    const children = ['a', 'b', 'c', 'd'].map((name) => startChild('begin', url, name))
    await Promise.all(children.map((child) => child.nextLine()))

    for (const child of children) child.go()
    const outcomes = await Promise.all(children.map((child) => child.nextLine()))

    expect(outcomes.toSorted()).toEqual(['busy', 'busy', 'busy', 'started'])
    expect(await Promise.all(children.map(({ exitCode }) => exitCode))).toEqual([0, 0, 0, 0])
    const { database } = await open({ url })
    expect(await database.messages.path({ userId: 'user', chatId: 'chat' })).toHaveLength(2)
  }, 30_000)
})

let count = 0

/** What sends a message of its own into that chat. */
function submit(chatId: string, messageId = `message${(count += 1)}`): BeginRun {
  count += 1
  return {
    kind: 'submit',
    userId: 'anna',
    chatId,
    runId: `run${count}`,
    answerId: `answer${count}`,
    requestKey: messageId,
    message: { id: messageId, text: 'Hello' },
    title: 'Title',
    instance: 'here',
    model: { provider: 'demo', id: 'scripted' },
    now: count,
  }
}

type Step = { database: Database; chatId: string; choice: number }

/** One of the things that an instance does; which one, the choice says. */
async function take({ database: { runs, chats, messages }, chatId, choice }: Step): Promise<void> {
  const chat = { userId: 'anna', chatId }
  const begin = submit(chatId)
  const { id: messageId, metadata } = (await messages.path(chat)).at(-1) ?? {}
  const runId = metadata?.runId
  if (!messageId || !runId || choice < 0.3) return void (await runs.begin(begin))

  const { now } = begin
  const progress = { runId, metadata: {}, seq: now, now }
  const again = { ...begin, requestKey: begin.runId, messageId }
  const steps: readonly (() => Promise<unknown>)[] = [
    () => runs.begin({ ...again, kind: 'regenerate' }).catch(expected),
    () => runs.begin({ ...again, kind: 'continue' }).catch(expected),
    () => runs.checkpoint({ ...progress, parts: text('Half') }),
    () => runs.end({ ...progress, status: 'done', parts: text('Whole') }),
    () => runs.end({ ...progress, status: 'stopped', parts: [] }),
    () => runs.requestStop({ runId, now }),
    () => runs.interrupt({ runId, now }),
    () => chats.remove({ ...chat, now }),
    () => chats.restore(chat),
    () => chats.restore(chat),
  ]
  await steps[Math.floor(((choice - 0.3) / 0.7) * steps.length)]?.()
}

const done = { status: 'done', parts: text('Done'), metadata: {}, seq: 2, now: 1 } as const

/** What a step may meet when others have just changed what it is about. */
function expected(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}

/** Resolves once some statement waits for a lock. */
async function someoneWaits({ connection }: OpenedPostgres): Promise<void> {
  for (;;) {
    const { rows } = await sql`select pid from pg_stat_activity where wait_event_type = 'Lock'
      and datname = current_database()`.execute(connection.kysely)
    if (rows.length > 0) return
  }
}

/** Rows that cannot all be true. */
async function contradictions({ connection }: OpenedPostgres): Promise<unknown[]> {
  const { rows } = await sql`
    select 'a running answer without a running run' as what, messages.id from messages
      where status = 'running' and not exists (select 1 from runs where runs.chat_id = messages.chat_id
        and runs.message_id = messages.id and runs.status = 'running')
    union all
    select 'a running run without a running answer', runs.id from runs
      where status = 'running' and not exists (select 1 from messages where runs.chat_id = messages.chat_id
        and runs.message_id = messages.id and messages.status = 'running')
    union all
    select 'a selected leaf that is not there', chats.id from chats
      where not exists (select 1 from messages where messages.chat_id = chats.id and messages.id = selected_leaf_id)
    union all
    select 'a chat with two running runs', chat_id from runs where status = 'running'
      group by chat_id having count(*) > 1
    union all
    select 'an end without a time', id from runs where (status = 'running') <> (ended_at is null)
    union all
    select 'an answer that differs from its last run', messages.id from messages
      join lateral (select runs.status from runs where runs.chat_id = messages.chat_id
        and runs.message_id = messages.id order by started_at desc limit 1) as last on true
      where messages.status <> last.status`.execute(connection.kysely)
  return rows
}

/** Mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
