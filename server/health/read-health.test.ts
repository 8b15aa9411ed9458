import { afterEach, describe, expect, it, vi } from 'vitest'
import { openDatabase, type Database } from '../db/database'
import { parseEnv } from '../env'
import { createServices, type Services } from '../services'
import { readHealth } from './read-health'

let database: Database | undefined
afterEach(() => database?.close())

async function open(settings: Record<string, string> = {}) {
  database = await openDatabase({ dataDir: ':memory:' })
  const env = parseEnv(settings)
  const services = await createServices(parseEnv({}), { db: database })
  return { env, services, read: () => readHealth(env, () => Promise.resolve(services)) }
}

const postgres = {
  DATABASE_URL: 'postgres://keeper:hush@db.internal:5432/rivulet',
  SESSION_SECRET: 'a secret of at least thirty-two characters',
}

describe('health', () => {
  it('is ready on one machine, and says what runs and what is configured', async () => {
    const { read } = await open({ OPENAI_API_KEY: 'sk-test-0123456789' })
    expect(await read()).toEqual({
      status: 'ok',
      live: true,
      ready: true,
      draining: false,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      node: process.version,
      database: { engine: 'sqlite', reachable: true },
      streamLog: { kind: 'memory', reachable: true },
      models: { configured: 1, localDiscovery: expect.any(Boolean) },
      missing: [],
    })
  })

  it('is not ready while the database cannot be reached', async () => {
    const { services, read } = await open()
    services.db.ping = () => Promise.reject(new Error('connection refused'))
    expect(await read()).toMatchObject({
      status: 'unavailable',
      ready: false,
      live: true,
      database: { reachable: false },
    })
  })

  it('is not ready when the services cannot even be built', async () => {
    const { env } = await open()
    const health = await readHealth(env, () => Promise.reject(new Error('no such host')))
    expect(health).toMatchObject({ ready: false, database: { reachable: false } })
  })

  it('answers within about a second when the database does not', async () => {
    const { services, read } = await open()
    services.db.ping = () => new Promise(() => {})
    const startedAt = performance.now()
    expect(await read()).toMatchObject({ ready: false })
    expect(performance.now() - startedAt).toBeLessThan(1500)
  })

  it('is not ready while the process leaves', async () => {
    const { services, read } = await open()
    await services.activeRuns.drain(0)
    expect(await read()).toMatchObject({ status: 'unavailable', ready: false, draining: true })
  })

  it('stays ready without its stream log: answers go on, and the rest is said', async () => {
    const { services, read } = await open()
    services.streamLog.ping = () => Promise.reject(new Error('connection refused'))
    expect(await read()).toMatchObject({ ready: true, streamLog: { reachable: false } })
  })

  it('asks the database once, however many ask for the health', async () => {
    const { services, read } = await open()
    const ping = vi.spyOn(services.db, 'ping')
    await Promise.all(Array.from({ length: 50 }, read))
    await read()
    expect(ping).toHaveBeenCalledTimes(1)
  })

  it('says that answers are not followed across instances without Redis', async () => {
    const { read } = await open({ ...postgres, OPENAI_API_KEY: 'sk-test-0123456789' })
    const { missing, database: stored } = await read()
    expect(stored.engine).toBe('postgres')
    expect(missing).toEqual([expect.stringMatching(/^REDIS_URL: .*live/)])
  })

  it('says on Vercel what is needed to keep anything, without opening a database', async () => {
    const neverOpened = (): Promise<Services> => Promise.reject(new Error('Opened.'))
    const { missing, ready } = await readHealth(parseEnv({ VERCEL: '1' }), neverOpened)
    expect(ready).toBe(false)
    expect(missing.map((line) => line.split(':', 1)[0])).toEqual([
      'DATABASE_URL',
      'SESSION_SECRET',
      'REDIS_URL',
      'OPENAI_API_KEY or another model',
    ])
  })

  it('tells nothing secret, and no host name of what lies behind it', async () => {
    const { read } = await open({
      ...postgres,
      REDIS_URL: 'rediss://default:hush@redis.internal:6379',
      OPENAI_BASE_URL: 'http://models.internal:8080/v1',
      OPENAI_API_KEY: 'sk-test-0123456789',
    })
    expect(JSON.stringify(await read())).not.toMatch(/internal|hush|sk-test|secret of/)
  })
})
