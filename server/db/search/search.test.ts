import { CompiledQuery, sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { parseSearchQuery } from '@/shared/search/search-query'
import { type Database, openEngine, type OpenedDatabase } from '../database'
import { openSqlite } from '../sqlite'
import { startPostgresBench } from '../testing/postgres-bench'
import { describeBacklog } from './backlog.contract'
import { describeSearch } from './search.contract'

const bench = await startPostgresBench()
afterAll(() => bench?.close())

const openInMemory = async () => openEngine(await openSqlite({ dataDir: ':memory:' }))
describeSearch('SQLite', openInMemory)
describeBacklog('SQLite', openInMemory)

async function searchOnce({ search }: Database): Promise<void> {
  const asked = { userId: 'anna', terms: parseSearchQuery('北京大学 her'), limit: 10 }
  await search.titles(asked)
  await search.messages({ ...asked, role: 'user', from: 1, until: 9_000_000 })
  await search.messages({ ...asked, folderId: 'birds' })
}

it('reads the word index of SQLite in its order, and everything else by key', async () => {
  const queries = new Set<string>()
  const engine = await openSqlite({
    dataDir: ':memory:',
    log: ({ query }) => void queries.add(query.sql),
  })
  const { database } = await openEngine(engine)
  queries.clear()
  await searchOnce(database)

  const plans = [...queries].map((query) =>
    engine.file
      .prepare(`explain query plan ${query}`)
      .all()
      .map(({ detail }) => String(detail)),
  )
  expect(plans).toHaveLength(2)
  for (const plan of plans) {
    const [first = '', ...others] = plan
    expect(first).toMatch(/^SCAN search_index VIRTUAL TABLE INDEX/)
    // What is in a folder is looked up once, by key as well.
    const isByKey = /^(SEARCH|LIST SUBQUERY|CREATE BLOOM FILTER)/
    expect(others.filter((step) => !isByKey.test(step))).toEqual([])
  }
  await database.close()
})

describe.skipIf(!bench)('Postgres', () => {
  const shared = bench?.server.createDatabase()

  async function openEmptied(): Promise<OpenedDatabase> {
    const opened = await bench?.open({ url: (await shared) ?? '' })
    if (!opened) throw new Error('There is no Postgres to test with.')
    await opened.connection.kysely.deleteFrom('users').execute()
    return opened
  }

  describeSearch('Postgres', openEmptied)
  describeBacklog('Postgres', openEmptied)

  it('reads its index of words', async () => {
    const queries = new Map<string, CompiledQuery>()
    const opened = await bench?.open({ log: ({ query }) => void queries.set(query.sql, query) })
    if (!opened) throw new Error('There is no Postgres to test with.')
    const { kysely } = opened.connection
    await sql`insert into users (id, kind, created_at) values ('anna', 'guest', 1)`.execute(kysely)
    await sql`insert into chats (id, user_id, title, title_source, created_at, updated_at)
      select 'c' || n, 'anna', 'T', 'model', n, n from generate_series(1, 300) n`.execute(kysely)
    await sql`insert into messages (chat_id, id, role, status, parts, metadata, created_at)
      select 'c' || c, 'm' || m, 'user', 'done', '{"v":1,"parts":[]}', '{}', m
      from generate_series(1, 300) c, generate_series(1, 60) m`.execute(kysely)
    await sql`insert into search_entries (key, user_id, chat_id, message_id, tokens)
      select c * 100 + m, 'anna', 'c' || c, 'm' || m, (${"':x':1 'w"} || (c * m) % 5000 || ${"':2"})::tsvector
      from generate_series(1, 300) c, generate_series(1, 60) m`.execute(kysely)
    await sql`analyze`.execute(kysely)
    queries.clear()
    await searchOnce(opened.database)

    expect(queries.size).toBe(2)
    for (const query of [...queries.values()]) {
      const asked = CompiledQuery.raw(`explain ${query.sql}`, [...query.parameters])
      const { rows } = await kysely.executeQuery(asked)
      expect(JSON.stringify(rows)).toContain('search_entries_tokens')
      // A few hundred chats are read sooner than looked up.
      expect(JSON.stringify(rows)).not.toMatch(/Seq Scan on (search_entries|messages)/)
    }
  })
})
