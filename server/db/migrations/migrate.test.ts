import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { openEngine } from '../database'
import type { Engine } from '../engine'
import { openPostgres } from '../postgres'
import { openSqlite } from '../sqlite'
import { startPostgresBench } from '../testing/postgres-bench'
import { migrate, migrationNames } from './migrate'

const bench = await startPostgresBench()
afterAll(() => bench?.close())

const chat = { userId: 'anna', chatId: 'chat' }

describe('migrations: SQLite', () => {
  describeMigrations(() => openSqlite({ dataDir: ':memory:' }))
})

describe.skipIf(!bench)('migrations: Postgres', () => {
  describeMigrations(async () =>
    openPostgres({ url: (await bench?.server.createDatabase()) ?? '' }),
  )
})

function describeMigrations(open: () => Promise<Engine>): void {
  it('give an empty database all of its tables', async () => {
    const engine = await open()

    const { database } = await openEngine(engine)

    expect(await namesOf(engine)).toEqual(migrationNames)
    expect(await database.chats.list({ userId: 'anna', limit: 10 })).toEqual({
      chats: [],
      nextCursor: null,
    })
    await database.close()
  })

  it('are not repeated when the database is opened again', async () => {
    const engine = await open()
    await migrate(engine)
    await migrate(engine)

    expect(await namesOf(engine)).toEqual(migrationNames)
    await engine.close()
  })

  it.each(migrationNames.slice(0, -1))(
    'bring what %s left to where an empty database gets, with everything in it',
    async (until) => {
      const older = await open()
      await migrate(older, { until })
      await fillFirstVersion(older)
      const empty = await open()
      await migrate(empty)

      const { database } = await openEngine(older)

      expect(await namesOf(older)).toEqual(migrationNames)
      expect(await tablesOf(older)).toEqual(await tablesOf(empty))
      expect(await database.messages.path(chat)).toMatchObject([
        { id: 'question', parts: [{ type: 'text', text: 'Hello' }] },
        { id: 'answer', parts: [{ type: 'text', text: 'Hi' }], metadata: { status: 'running' } },
      ])
      expect(await database.runs.active(chat)).toMatchObject({ id: 'run', upstreamId: null })
      expect(await database.users.sessionsEndedAt({ userId: 'anna' })).toBeNull()
      await Promise.all([older.close(), empty.close()])
    },
  )

  it('are refused where a newer version has been', async () => {
    const engine = await open()
    await migrate(engine)
    await sql`insert into kysely_migration values ('9999-later', '2999-01-01T00:00:00.000Z')`.execute(
      engine.kysely,
    )

    await expect(migrate(engine)).rejects.toThrow('If a newer Rivulet has used it')
    await engine.close()
  })

  it('leave nothing behind when one of them fails', async () => {
    const engine = await open()
    await migrate(engine, { until: '0001-chats' })
    await sql`alter table users add column sessions_ended_at bigint`.execute(engine.kysely)

    await expect(migrate(engine)).rejects.toThrow('sessions_ended_at')

    expect(await namesOf(engine)).toEqual(['0001-chats'])
    const columns = (await tablesOf(engine)).find(({ name }) => name === 'runs')?.columns
    expect(columns).not.toContain('upstream_id')
    await engine.close()
  })
}

async function namesOf({ kysely }: Engine): Promise<string[]> {
  const { rows } = await sql<{
    name: string
  }>`select name from kysely_migration order by name`.execute(kysely)
  return rows.map(({ name }) => name)
}

async function tablesOf({ kysely }: Engine) {
  const tables = await kysely.introspection.getTables()
  return tables.map(({ name, columns }) => ({
    name,
    columns: columns.map((column) => `${column.name} ${column.dataType} ${column.isNullable}`),
  }))
}

/** What the first version writes, in its own words: the queries of today know columns that it had not. */
async function fillFirstVersion({ kysely }: Engine): Promise<void> {
  await sql`insert into users (id, kind, created_at) values ('anna', 'guest', 1)`.execute(kysely)
  await sql`insert into chats
    (id, user_id, title, title_source, selected_leaf_id, created_at, updated_at)
    values ('chat', 'anna', 'Title', 'model', 'answer', 1, 1)`.execute(kysely)
  await sql`insert into messages
    (chat_id, id, parent_id, role, status, parts, metadata, created_at) values
    ('chat', 'question', null, 'user', 'done', ${parts('Hello')}, '{}', 1),
    ('chat', 'answer', 'question', 'assistant', 'running', ${parts('Hi')}, '{}', 1)`.execute(kysely)
  await sql`insert into runs
    (id, chat_id, user_id, message_id, kind, request_key, instance, status, seq, heartbeat_at, started_at)
    values ('run', 'chat', 'anna', 'answer', 'submit', 'question', 'here', 'running', 2, 1, 1)`.execute(
    kysely,
  )
}

function parts(text: string): string {
  return JSON.stringify({ v: 1, parts: [{ type: 'text', text }] })
}
