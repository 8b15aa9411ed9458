import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase, openEngine } from './database'
import { describeBranches } from './branches.contract'
import { describeChatSettings } from './chat-settings.contract'
import { describeComparisons } from './comparisons.contract'
import { describeDatabase } from './database.contract'
import { describeLibrary } from './library.contract'
import { migrationNames } from './migrations/migrate'
import { describeQueue } from './queue.contract'
import { describeShelves } from './shelves.contract'
import { openSqlite } from './sqlite'
import { anySubmit, callEverything } from './testing/call-everything'
import { startChild } from './testing/start-child'
import { describeTemporaryChats } from './temporary-chats.contract'
import { describeUsage } from './usage.contract'
import { describeUserEndpoints } from './user-endpoints.contract'
import { describeUserSettings } from './user-settings.contract'

const folders: string[] = []
const chat = { userId: 'user', chatId: 'chat' }
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** A data folder that does not exist yet. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rivulet-db-'))
  folders.push(folder)
  return join(folder, 'data')
}

describeDatabase('SQLite in memory', async () =>
  openEngine(await openSqlite({ dataDir: ':memory:' })),
)
describeQueue('SQLite', async () => openEngine(await openSqlite({ dataDir: ':memory:' })))
describeUsage('SQLite', async () => openEngine(await openSqlite({ dataDir: ':memory:' })))
describeChatSettings('SQLite', async () => openEngine(await openSqlite({ dataDir: ':memory:' })))
describeLibrary('SQLite', async () => openEngine(await openSqlite({ dataDir: ':memory:' })))
describeTemporaryChats('SQLite', async () => openEngine(await openSqlite({ dataDir: ':memory:' })))
describeUserEndpoints('SQLite', async () => openEngine(await openSqlite({ dataDir: ':memory:' })))
describeUserSettings('SQLite', async () => openEngine(await openSqlite({ dataDir: ':memory:' })))
describeDatabase('SQLite in a folder', async () =>
  openEngine(await openSqlite({ dataDir: newFolder() })),
)

describeBranches('SQLite', async () => openEngine(await openSqlite({ dataDir: ':memory:' })))

describeComparisons('SQLite', async () => openEngine(await openSqlite({ dataDir: ':memory:' })))
describeShelves('SQLite', async () => openEngine(await openSqlite({ dataDir: ':memory:' })))

describe('the data folder', () => {
  it('and the file in it are for their owner alone', async () => {
    const dataDir = newFolder()
    const database = await openDatabase({ dataDir })
    await database.users.ensure({ userId: 'user', now: 1 })

    expect(database.place).toBe(join(dataDir, 'rivulet.db'))
    expect(modeOf(dataDir)).toBe(0o700)
    expect(modeOf(database.place)).toBe(0o600)
    expect(modeOf(`${database.place}-wal`)).toBe(0o600)
    await database.close()
  })

  it('has everything in it when opened again', async () => {
    const dataDir = newFolder()
    const first = await openDatabase({ dataDir })
    await first.runs.begin(anySubmit)
    const before = await first.messages.path(chat)
    await first.close()

    const second = await openDatabase({ dataDir })
    expect(await second.messages.path(chat)).toEqual(before)
    expect(before).toHaveLength(2)
    await second.close()
  })

  it('is named when it cannot be used, with what to do', async () => {
    const folder = newFolder()
    writeFileSync(folder, 'a file in its place')

    await expect(openDatabase({ dataDir: folder })).rejects.toThrow(
      `The data folder ${folder} cannot be written. Set DATA_DIR`,
    )
  })

  it('is refused when a newer version has migrated it', async () => {
    const dataDir = newFolder()
    const engine = await openSqlite({ dataDir })
    const { database } = await openEngine(engine)
    engine.file.exec(
      "insert into kysely_migration values ('9999-later', '2999-01-01T00:00:00.000Z')",
    )
    await database.close()

    await expect(openDatabase({ dataDir })).rejects.toThrow('If a newer Rivulet has used it')
  })
})

describe('SQLite', () => {
  it('writes through to the disk, keeps references whole, and waits for other processes', async () => {
    const { file, close } = await openSqlite({ dataDir: newFolder() })
    const pragma = (name: string) => Object.values(file.prepare(`pragma ${name}`).get() ?? {})

    expect(pragma('journal_mode')).toEqual(['wal'])
    expect(pragma('synchronous')).toEqual([2])
    expect(pragma('foreign_keys')).toEqual([1])
    expect(pragma('busy_timeout')).toEqual([5000])
    await close()
  })

  it('reaches every row by an index, and lists without sorting', async () => {
    const queries = new Set<string>()
    const engine = await openSqlite({
      dataDir: ':memory:',
      log: ({ query }) => void queries.add(query.sql),
    })
    const { database } = await openEngine(engine)
    queries.clear()
    await callEverything(database)

    const statements = [...queries].filter((query) => /^(select|with|update|delete)/.test(query))
    const plans = statements.map((query) => ({
      query,
      steps: engine.file
        .prepare(`explain query plan ${query}`)
        .all()
        .map(({ detail }) => String(detail)),
    }))
    expect(plans.length).toBeGreaterThan(20)
    expect(plans.filter(({ steps }) => steps.some(isTableScan))).toEqual([])
    const lists = plans.filter(({ query }) => query.includes('limit'))
    expect(lists.length).toBeGreaterThan(2)
    expect(lists.filter(({ steps }) => steps.some(isSort))).toEqual([])
    await database.close()
  })
})

describe('several processes', () => {
  it('opening one empty folder at once migrate it once, and start one run', async () => {
    const dataDir = newFolder()
    const children = ['a', 'b', 'c', 'd'].map((name) => startChild('begin', dataDir, name))
    await Promise.all(children.map((child) => child.nextLine()))

    for (const child of children) child.go()
    const outcomes = await Promise.all(children.map((child) => child.nextLine()))

    expect(outcomes.toSorted()).toEqual(['busy', 'busy', 'busy', 'started'])
    expect(await Promise.all(children.map(({ exitCode }) => exitCode))).toEqual([0, 0, 0, 0])
    const engine = await openSqlite({ dataDir })
    const { database } = await openEngine(engine)
    expect(engine.file.prepare('select name from kysely_migration').all()).toHaveLength(
      migrationNames.length,
    )
    expect(await database.messages.path(chat)).toHaveLength(2)
    await database.close()
  }, 30_000)

  it('sending one message at once start one run, and the others attach', async () => {
    const dataDir = newFolder()
    const children = ['same', 'same'].map((name) => startChild('begin', dataDir, name))
    await Promise.all(children.map((child) => child.nextLine()))

    for (const child of children) child.go()
    const outcomes = await Promise.all(children.map((child) => child.nextLine()))

    expect(outcomes.toSorted()).toEqual(['attached', 'started'])
    await Promise.all(children.map(({ exitCode }) => exitCode))
  }, 30_000)

  it.each([1, 40, 150])(
    'killed after %i acknowledged checkpoints lose none of them',
    async (acknowledged) => {
      const dataDir = newFolder()
      const child = startChild('checkpoint', dataDir, 'a')
      let last = 0
      while (last < acknowledged) {
        last = Number(await child.nextLine())
      }
      const rest = await child.kill()
      last = Number(rest.at(-1) ?? last)

      const database = await openDatabase({ dataDir })
      const [run] = await database.runs.runningOf({ instance: 'a' })
      expect(run?.seq).toBeGreaterThanOrEqual(last)
      expect(run?.seq).toBeLessThanOrEqual(last + 1)

      await database.runs.interrupt({ runId: 'run-a', now: 9 })
      const answer = (await database.messages.path(chat)).at(-1)
      const words = `${run?.seq} `.repeat(200)
      expect(answer?.parts).toEqual([{ type: 'text', text: words, state: 'done' }])
      expect(answer?.metadata?.status).toBe('interrupted')
      await database.close()
    },
    30_000,
  )
})

function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}

/** A partial index holds just the rows that are asked for, and the backlog is read in order until the first. */
const wholeIndexes = / INDEX (runs_under_way|search_backlog_latest)$/

function isTableScan(step: string): boolean {
  if (step.includes('AUTOMATIC')) return true
  return /^SCAN (?!branch\b|CONSTANT ROW)/.test(step) && !wholeIndexes.test(step)
}

function isSort(step: string): boolean {
  return step.includes('TEMP B-TREE')
}
