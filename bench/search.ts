import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { sql } from 'kysely'
import { searchChats } from '@/server/chat/search-chats'
import { openEngine, type OpenedDatabase } from '@/server/db/database'
import { encodeMetadata, encodeParts } from '@/server/db/message-codec'
import { openPostgres } from '@/server/db/postgres'
import { openSqlite } from '@/server/db/sqlite'
import { parseEnv } from '@/server/env'
import { createServices, type Services } from '@/server/services'
import { startPostgres } from '../e2e/servers/postgres'
import { percentile } from './processes/percentile'
import { createCorpus, planted } from './search/corpus'

/**
 * `node --import ./bench/register.mjs bench/search.ts [sqlite|postgres]`: fills 100,000 messages, English and Chinese,
 * lets the backlog index them as a start does, and searches 200 times. Prints what docs/decisions/021 cites.
 */
const messageCount = Number(process.env['BENCH_MESSAGES'] ?? 100_000)
const perChat = 100
const searches = 200
const chatsOfOthers = 10
/** Of some old chats: most of what is found is outside it. */
const folderId = 'old'
const chatsInFolder = [1, 2, 3]

const queries = [
  ['a rare word', planted.english],
  ['a rare phrase in Chinese', planted.chinese],
  ['two characters', planted.chinese.slice(0, 2)],
  ['one character, everywhere', '的'],
  ['one character, rare', '京'],
  ['a word, everywhere', 'the '],
  ['a beginning', 'her'],
  ['a beginning of many', 'kal'],
  ['two words, everywhere', 'the of '],
  ['a phrase of common words', '"of the and"'],
  ['a phrase of them that nowhere is', '"of the of the of the of"'],
  ['common pairs that nowhere follow', '的一是在不了'],
  ['nothing', 'zzzyx '],
  ['in a folder: a rare word', planted.english, folderId],
  ['in a folder: a word, everywhere', 'the ', folderId],
  ['in a folder: two of them', 'the of ', folderId],
] as const

await main(process.argv[2])

async function main(only: string | undefined): Promise<void> {
  if (only !== 'postgres') await measureSqlite()
  if (only !== 'sqlite') await measurePostgres()
}

async function measureSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rivulet-search-'))
  const engine = await openSqlite({ dataDir: folder })
  const opened = await openEngine(engine)
  await measure('SQLite', opened)
  await opened.database.close()
  console.log(`  file          ${megabytes(statSync(join(folder, 'rivulet.db')).size)}`)
  rmSync(folder, { recursive: true })
}

async function measurePostgres(): Promise<void> {
  const server = await startPostgres()
  if (!server) return console.log('Postgres is not installed: skipped.')
  const engine = await openPostgres({ url: await server.createDatabase() })
  const opened = await openEngine(engine)
  await measure('Postgres', opened)
  const { rows } = await sql<{ entries: number; tokens: number }>`select
    pg_total_relation_size('search_entries') as entries,
    pg_relation_size('search_entries_tokens') as tokens`.execute(opened.connection.kysely)
  console.log(`  search        ${megabytes(rows[0]?.entries ?? 0)}`)
  await opened.database.close()
  await server.stop()
}

async function measure(name: string, opened: OpenedDatabase): Promise<void> {
  console.log(`${name}, ${messageCount} messages`)
  await fill(opened)
  const settings = parseEnv({ LOG_LEVEL: 'error' })
  const services = await createServices(settings, { db: opened.database })
  await measureBacklog(services)
  if (opened.database.engine === 'postgres') {
    await sql`vacuum analyze`.execute(opened.connection.kysely)
  }
  await measureSearches(services)
}

async function fill({ connection }: OpenedDatabase): Promise<void> {
  const corpus = createCorpus()
  const users = ['anna', 'ben']
  for (const userId of users) {
    await connection.kysely
      .insertInto('users')
      .values({ id: userId, kind: 'guest', created_at: 1 })
      .execute()
  }
  await connection.kysely
    .insertInto('folders')
    .values({ id: folderId, user_id: 'anna', name: 'Old', position: 0, created_at: 1 })
    .execute()
  for (let chat = 0; chat < messageCount / perChat; chat += 1) {
    await connection.transaction(async (transaction) => {
      const id = `chat${chat}`
      const at = chat * 1_000_000
      await transaction
        .insertInto('chats')
        .values({
          id,
          user_id: chat % chatsOfOthers === 0 ? 'ben' : 'anna',
          title: corpus.message(chat).slice(0, 40),
          title_source: 'model',
          folder_id: chatsInFolder.includes(chat) ? folderId : null,
          created_at: at,
          updated_at: at,
        })
        .execute()
      const messages = Array.from({ length: perChat }, (_, index) => ({
        chat_id: id,
        id: `message${String(index).padStart(3, '0')}`,
        parent_id: index === 0 ? null : `message${String(index - 1).padStart(3, '0')}`,
        role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
        status: 'done' as const,
        parts: encodeParts([{ type: 'text', text: corpus.message(chat * perChat + index) }]),
        metadata: encodeMetadata({}),
        created_at: at + index,
      }))
      await transaction.insertInto('messages').values(messages).execute()
      await transaction
        .insertInto('search_backlog')
        .values({ chat_id: id, updated_at: at, last_message_id: null })
        .execute()
    })
  }
}

async function measureBacklog({ db }: Services): Promise<void> {
  const steps: Timing[] = []
  const startedAt = performance.now()
  const indexed = { isDone: false, indexed: 0 }
  while (!indexed.isDone) {
    steps.push(await timed(async () => void Object.assign(indexed, await db.search.indexBacklog())))
    await letOthersRun()
  }
  const seconds = (performance.now() - startedAt) / 1000
  console.log(
    `  backlog in ${steps.length} steps, ${seconds.toFixed(0)} s`.padEnd(48) + spread(steps),
  )
}

async function measureSearches(services: Services): Promise<void> {
  for (const [, query, folder] of queries)
    await searchChats({ services, userId: 'anna', query, folderId: folder })
  const all: Timing[] = []
  for (const [name, query, folder] of queries) {
    const times: Timing[] = []
    let found = 0
    for (let each = 0; each < 20; each += 1) {
      const search = async () => {
        const asked = { services, userId: 'anna', query, folderId: folder }
        found = (await searchChats(asked)).messages.length
      }
      times.push(await timed(search))
    }
    all.push(...times)
    console.log(`  ${name.padEnd(34)} ${String(found).padStart(3)} found  ${spread(times)}`)
  }
  console.log(`  ${'all of them'.padEnd(46)}${spread(all)}`)
  await measureOthers(services)
}

/** How long another user’s stream would wait at the most, with one search right after the other. */
async function measureOthers(services: Services): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  for (let each = 0; each < searches; each += 1) {
    const query = queries[each % queries.length]?.[1] ?? ''
    await searchChats({ services, userId: 'anna', query })
    await letOthersRun()
  }
  delay.disable()
  const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1)
  console.log(
    `  event loop in ${searches} searches: longest delay ${ms(delay.max)} ms, p99 ${ms(delay.percentile(99))} ms`,
  )
}

/** Milliseconds by the clock, and of the processor: the first has what other programs of the machine took. */
type Timing = { clock: number; processor: number }

async function timed(run: () => Promise<void>): Promise<Timing> {
  const before = { clock: performance.now(), processor: process.cpuUsage() }
  await run()
  const { user, system } = process.cpuUsage(before.processor)
  return { clock: performance.now() - before.clock, processor: (user + system) / 1000 }
}

function spread(timings: readonly Timing[]): string {
  const at = (fraction: number, kind: keyof Timing) =>
    percentile(
      timings.map((timing) => timing[kind]),
      fraction,
    )
      .toFixed(1)
      .padStart(6)
  return `p50 ${at(0.5, 'clock')}  p99 ${at(0.99, 'clock')} ms; processor p50 ${at(0.5, 'processor')}  p99 ${at(0.99, 'processor')} ms`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}
