import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBuildLock } from './build-lock.mjs'

describe('the build lock', () => {
  let folder = ''
  let locks: ReturnType<typeof openBuildLock>[] = []

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rivulet-lock-'))
    locks = []
  })

  afterEach(() => {
    for (const lock of locks) lock.close()
    rmSync(folder, { recursive: true })
  })

  const open = () => {
    const lock = openBuildLock(join(folder, 'cache/build.lock'))
    locks.push(lock)
    return lock
  }

  it('lets several servers use a build', () => {
    expect([open(), open()].map((lock) => lock.tryShare())).toEqual([true, true])
  })

  it('lets nobody build while a server uses the build', () => {
    const server = open()
    server.tryShare()
    const builder = open()
    expect(builder.tryOwn()).toBe(false)
    server.release()
    expect(builder.tryOwn()).toBe(true)
  })

  it('lets nobody use or make a build while another makes it', () => {
    open().tryOwn()
    const other = open()
    expect([other.tryShare(), other.tryOwn()]).toEqual([false, false])
  })

  it('is free again when its holder was killed', () => {
    const code = `
      import { openBuildLock } from ${JSON.stringify(new URL('build-lock.mjs', import.meta.url).href)}
      globalThis.lock = openBuildLock(${JSON.stringify(join(folder, 'cache/build.lock'))})
      if (globalThis.lock.tryOwn()) process.kill(process.pid, 'SIGKILL')`
    const holder = spawnSync(process.execPath, ['--input-type=module', '--eval', code])
    expect(holder.signal).toBe('SIGKILL')
    expect(open().tryOwn()).toBe(true)
  })
})
