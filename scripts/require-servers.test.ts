import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findPostgresFolder, findRedisServer } from './find-servers.mjs'
import { describeMissing, missingServers } from './require-servers.mjs'

const folder = mkdtempSync(join(tmpdir(), 'rivulet-programs-'))
afterAll(() => rmSync(folder, { recursive: true }))

function programs(name: string, files: readonly string[], mode = 0o755): string {
  const place = join(folder, name)
  mkdirSync(place, { recursive: true })
  for (const file of files) writeFileSync(join(place, file), '')
  for (const file of files) chmodSync(join(place, file), mode)
  return place
}

describe('the programs of servers', () => {
  it('are taken from the path before the usual places', () => {
    const redis = programs('redis', ['redis-server'])
    const postgres = programs('postgres', ['initdb', 'postgres'])
    const PATH = `/nowhere:${redis}:${postgres}`

    expect(findRedisServer({ PATH })).toBe(join(redis, 'redis-server'))
    expect(findPostgresFolder({ PATH })).toBe(postgres)
  })

  it('are passed over when they cannot be run, or are not all there', () => {
    const broken = programs('broken', ['redis-server'], 0o644)
    const half = programs('half', ['postgres'])
    mkdirSync(join(folder, 'folders/redis-server'), { recursive: true })
    const PATH = `${broken}:${half}:${join(folder, 'folders')}`

    expect(findRedisServer({ PATH }) ?? '').not.toContain(folder)
    expect(findPostgresFolder({ PATH }) ?? '').not.toContain(folder)
  })
})

describe('servers that are missing', () => {
  it('are those with neither an address nor a program', () => {
    const PATH = programs('all', ['initdb', 'postgres', 'redis-server'])
    const addresses = { DATABASE_URL: 'postgres://db/x', REDIS_URL: 'redis://cache' }

    expect(missingServers({ PATH })).toEqual([])
    expect(missingServers(addresses)).toEqual([])
  })

  it('are named with what to do', () => {
    const postgres = { name: 'PostgreSQL', package: 'postgresql', setting: 'DATABASE_URL' }
    const redis = { name: 'Redis', package: 'redis-server', setting: 'REDIS_URL' }

    expect(describeMissing([postgres, redis])).toBe(
      'NOT RUN: the tests with PostgreSQL and Redis. To run them: apt-get install postgresql redis-server, or set DATABASE_URL and REDIS_URL.',
    )
  })
})
