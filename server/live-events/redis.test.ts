import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRedis, type RedisServer } from '@/e2e/servers/redis'
import { findRedisServer } from '@/scripts/find-servers.mjs'
import type { LiveEvent } from '@/shared/chat/live-event'
import { connectRedis, type Redis } from '../redis/redis'
import type { LiveEvents } from './live-events'
import { createRedisLiveEvents } from './redis'

const hasRedis = Boolean(process.env['REDIS_URL'] ?? findRedisServer())
const removed = (chatId: string): LiveEvent => ({ type: 'chat-removed', chatId })

describe.skipIf(!hasRedis)('live events on Redis', () => {
  let server: RedisServer | undefined
  const prefix = randomUUID()
  const connections: Redis[] = []

  beforeAll(async () => {
    server = await startRedis()
  })

  afterAll(async () => {
    for (const connection of connections) await connection.close()
    await server?.stop()
  })

  async function instance(): Promise<LiveEvents> {
    const redis = connectRedis({
      url: server?.url ?? '',
      prefix,
      timeoutMs: 1000,
      onError: () => {},
    })
    connections.push(redis)
    await expect.poll(() => redis.ping().then(() => true)).toBe(true)
    return createRedisLiveEvents(redis, randomUUID())
  }

  it('reach the user’s listeners on every instance once, and nobody else', async () => {
    const [here, there] = [await instance(), await instance()]
    const leaving = new AbortController()
    const staying = new AbortController()
    const heard: string[] = []
    const listen = (events: LiveEvents, user: { id: string; name: string; signal: AbortSignal }) =>
      events.subscribe(user.id, {
        listener: (event) => {
          if (event.type === 'chat-removed') heard.push(`${user.name} ${event.chatId}`)
        },
        signal: user.signal,
      })
    const heardOf = (chatId: string) => heard.filter((line) => line.endsWith(chatId)).toSorted()
    listen(here, { id: 'anna', name: 'here', signal: leaving.signal })
    listen(there, { id: 'anna', name: 'there', signal: leaving.signal })
    listen(there, { id: 'ben', name: 'somebody else', signal: staying.signal })

    await expect
      .poll(() => {
        here.publish('anna', removed('first'))
        return heard.includes('there first')
      })
      .toBe(true)
    here.publish('anna', removed('second'))
    there.publish('anna', removed('third'))
    await expect.poll(() => heardOf('second')).toEqual(['here second', 'there second'])
    await expect.poll(() => heardOf('third')).toEqual(['here third', 'there third'])

    leaving.abort()
    here.publish('anna', removed('fourth'))
    there.publish('anna', removed('fifth'))
    here.publish('ben', removed('last'))
    await expect.poll(() => heardOf('last')).toEqual(['somebody else last'])
    expect([...heardOf('fourth'), ...heardOf('fifth')]).toEqual([])
    staying.abort()
  })
})
