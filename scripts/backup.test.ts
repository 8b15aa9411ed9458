import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { sessionSecret } from '@/server/auth/session-secret'
import { openDatabase } from '@/server/db/database'
import { startChild } from '@/server/db/testing/start-child'

const folder = mkdtempSync(join(tmpdir(), 'rivulet-backup-'))
afterAll(() => rmSync(folder, { recursive: true }))

let folders = 0
function newFolder(): string {
  folders += 1
  const path = join(folder, String(folders))
  mkdirSync(path)
  return path
}

type Ran = { code: number | null; output: string }

/** As `npm run backup` does, with these settings and no others. */
async function backup(settings: Record<string, string>, ...args: string[]): Promise<Ran> {
  const script = fileURLToPath(new URL('backup.mjs', import.meta.url))
  const unset = { DATABASE_URL: '', SESSION_SECRET: '', DATA_DIR: '' }
  const child = spawn(process.execPath, [script, ...args], {
    env: {
      PATH: process.env['PATH'],
      INIT_CWD: folder,
      NODE_ENV: 'production',
      ...unset,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)])
  await ended
  return { code: child.exitCode, output: said + complained }
}

describe('a backup', () => {
  it('taken while the server writes has everything up to then when it is restored', async () => {
    const dataDir = newFolder()
    const writer = startChild('checkpoint', dataDir, 'a')
    let before = 0
    while (before < 25) before = Number(await writer.nextLine())
    const secret = sessionSecret({ dataDir, SESSION_SECRET: undefined })

    const file = join(newFolder(), 'chats.db')
    expect(await backup({ DATA_DIR: dataDir }, file)).toMatchObject({ code: 0 })
    const after = Number((await writer.kill()).at(-1))
    expect(after).toBeGreaterThan(before)

    const restored = newFolder()
    copyFileSync(file, join(restored, 'rivulet.db'))
    copyFileSync(`${file}.session-secret`, join(restored, 'session-secret'))
    const database = await openDatabase({ dataDir: restored })
    const run = await database.runs.find({ runId: 'run-a' })
    expect(run?.seq).toBeGreaterThanOrEqual(before)
    expect(run?.seq).toBeLessThanOrEqual(after + 1)
    const answer = (await database.messages.path({ userId: 'user', chatId: 'chat' })).at(-1)
    expect(answer?.parts).toMatchObject([{ type: 'text', text: `${run?.seq} `.repeat(200) }])
    expect(sessionSecret({ dataDir: restored, SESSION_SECRET: undefined })).toBe(secret)
    await database.close()
  }, 30_000)

  it('is for its owner alone, and leaves nothing else behind', async () => {
    const dataDir = newFolder()
    const database = await openDatabase({ dataDir })

    expect(await backup({ DATA_DIR: dataDir })).toMatchObject({
      code: 0,
      output: expect.stringContaining('There is no session secret to keep yet.'),
    })
    await database.close()

    const [name = ''] = readdirSync(dataDir).filter((entry) => entry.startsWith('backup'))
    expect(name).toMatch(/^backup-\d{8}T\d{6}Z\.db$/)
    expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600)
    expect(readdirSync(dataDir).toSorted()).toEqual([name, 'rivulet.db'])
  })

  it('says that the secret of the settings is needed too', async () => {
    const dataDir = newFolder()
    await (await openDatabase({ dataDir })).close()

    const { output } = await backup({ DATA_DIR: dataDir, SESSION_SECRET: 'x'.repeat(32) }, 'a.db')

    expect(output).toContain(`Wrote ${join(folder, 'a.db')}`)
    expect(output).toContain('Keep the SESSION_SECRET of your settings as well')
  })

  it('never replaces a file', async () => {
    const dataDir = newFolder()
    await (await openDatabase({ dataDir })).close()
    const file = join(newFolder(), 'precious')
    writeFileSync(file, 'precious')

    const { code, output } = await backup({ DATA_DIR: dataDir }, file)

    expect(code).toBe(1)
    expect(output).toContain(`${file} exists already. Name another file.`)
    expect(readFileSync(file, 'utf8')).toBe('precious')
  })

  it.each([
    ['no database', { DATA_DIR: '/nowhere' }, 'There is no database in /nowhere.'],
    [
      'no folder for it',
      { DATA_DIR: '' },
      'cannot be written. Name a file in a folder that is there.',
    ],
  ])('says what is wrong where there is %s', async (_, settings, message) => {
    const dataDir = newFolder()
    await (await openDatabase({ dataDir })).close()

    const { code, output } = await backup(
      { ...settings, DATA_DIR: settings.DATA_DIR || dataDir },
      '/nowhere/chats.db',
    )

    expect(code).toBe(1)
    expect(output).toContain(message)
  })

  it('of a Postgres is left to pg_dump', async () => {
    const { code, output } = await backup({ DATABASE_URL: 'postgres://user:hunter2@host/name' })

    expect(code).toBe(2)
    expect(output).toContain('pg_dump "$DATABASE_URL"')
    expect(output).not.toContain('hunter2')
  })
})
