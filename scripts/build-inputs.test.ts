import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildFolders, hashBuildInputs, listBuildInputs } from './build-inputs.mjs'

const foldersOutsideTheBuild = ['bench', 'chaos', 'deploy', 'docs', 'e2e', 'scripts']
const trackedFolders = listTrackedFolders()

describe('the build inputs', () => {
  let root = ''

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'rivulet-inputs-'))
    write('app/page.tsx', 'one')
    write('package-lock.json', '{}')
  })

  afterEach(() => rmSync(root, { recursive: true }))

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const hash = (environment = {}) => hashBuildInputs({ root, environment })

  it('hash alike as long as nothing changes', async () => {
    expect(await hash()).toBe(await hash())
  })

  it.each(['app/page.tsx', 'app/new.tsx', 'package-lock.json', 'next.config.ts', 'proxy.ts'])(
    'hash differently when %s changes',
    async (path) => {
      const before = await hash()
      write(path, 'two')
      expect(await hash()).not.toBe(before)
    },
  )

  it('hash differently when a file moves', async () => {
    const before = await hash()
    rmSync(join(root, 'app/page.tsx'))
    write('app/moved.tsx', 'one')
    expect(await hash()).not.toBe(before)
  })

  it('hash differently when a variable of the browser changes', async () => {
    expect(await hash({ NEXT_PUBLIC_NAME: 'a' })).not.toBe(await hash({ NEXT_PUBLIC_NAME: 'b' }))
    expect(await hash({ OPENAI_API_KEY: 'a' })).toBe(await hash({ OPENAI_API_KEY: 'b' }))
  })

  it.each([
    'app/page.test.tsx',
    'server/log.contract.ts',
    'data/chats.sqlite',
    'README.md',
    '.env',
  ])('leave out %s', async (path) => {
    const before = await hash()
    write(path, 'two')
    expect(await hash()).toBe(before)
  })

  it('are listed in a fixed order', async () => {
    write('app/a.ts', '')
    expect(await listBuildInputs(root)).toEqual(['app/a.ts', 'app/page.tsx', 'package-lock.json'])
  })

  it.runIf(trackedFolders)('forget no folder of this project', () => {
    const known = new Set([...buildFolders, ...foldersOutsideTheBuild])
    expect(trackedFolders?.filter((name) => !known.has(name))).toEqual([])
  })
})

/** Undefined where the project is not a git checkout, such as a downloaded archive. */
function listTrackedFolders() {
  const { status, stdout } = spawnSync('git', ['ls-tree', '-d', '--name-only', 'HEAD'], {
    cwd: dirname(import.meta.dirname),
    encoding: 'utf8',
  })
  if (status !== 0) return undefined
  return stdout.split('\n').filter((name) => name && !name.startsWith('.'))
}
