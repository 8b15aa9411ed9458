import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRedis, type RedisServer } from '@/e2e/servers/redis'
import { findRedisServer } from '@/scripts/find-servers.mjs'
import { connectRedis, type Redis } from '../redis/redis'
import { createMemoryRateLimiter } from './memory'
import { describeRateLimiter } from './rate-limiter.contract'
import type { RateLimiter } from './rate-limiter'
import { createRedisRateLimiter } from './redis'

const hasRedis = Boolean(process.env['REDIS_URL'] ?? findRedisServer())
const rate = { atOnce: 2, everyMs: 6_000 }

describeRateLimiter('memory', () => createMemoryRateLimiter(Date.now))

it('is free again one by one, to the millisecond', async () => {
  let at = 1_000
  const limiter = createMemoryRateLimiter(() => at)
  const take = () => limiter.take('anna', rate)
  expect([await take(), await take(), await take()]).toEqual([0, 0, 6_000])

  at += 5_999
  expect(await take()).toBe(1)
  at += 1
  expect([await take(), await take()]).toEqual([0, 6_000])
  at += 12_000
  expect([await take(), await take(), await take()]).toEqual([0, 0, 6_000])
})

describe.skipIf(!hasRedis)('with Redis', () => {
  let server: RedisServer | undefined
  const connections: Redis[] = []
  const prefix = `${randomUUID()}:`

  beforeAll(async () => {
    server = await startRedis()
  })

  afterAll(async () => {
    for (const connection of connections) await connection.close()
    await server?.stop()
  })

  function connect(url: string): Redis {
    const redis = connectRedis({ url, prefix, timeoutMs: 1_000, onError: () => {} })
    connections.push(redis)
    return redis
  }

  async function instance(): Promise<RateLimiter> {
    const redis = connect(server?.url ?? '')
    await expect.poll(() => redis.ping().then(() => true)).toBe(true)
    return createRedisRateLimiter(redis, Date.now)
  }

  /** Two, of which each call meets the other one. */
  async function instances(): Promise<RateLimiter> {
    let [next, other] = [await instance(), await instance()]
    return {
      take: (key, given) => {
        ;[next, other] = [other, next]
        return next.take(key, given)
      },
    }
  }

  describeRateLimiter('instances that share a Redis', instances)

  it('each instance counts for itself while Redis is away', async () => {
    const limiter = createRedisRateLimiter(connect('redis://127.0.0.1:1'), () => 0)
    const take = () => limiter.take('anna', rate)
    expect([await take(), await take(), await take()]).toEqual([0, 0, 6_000])
  })
})
