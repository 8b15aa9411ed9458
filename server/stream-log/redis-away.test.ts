import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startRedis, type RedisServer } from '@/e2e/servers/redis'
import {
  begin,
  followAll,
  hasRedis,
  isThere,
  letters,
  openRedisBench,
  readAll,
  seqsOf,
  text,
  textOf,
} from './testing/redis-bench'

const { instance, disconnect } = openRedisBench()

describe.skipIf(!hasRedis)('when Redis fails', () => {
  async function withOwnRedis(test: (own: RedisServer) => Promise<void>): Promise<void> {
    const own = await startRedis()
    if (!own) throw new Error('Redis has gone missing.')
    try {
      await test(own)
    } finally {
      await disconnect()
      await own.stop()
    }
  }

  /** Instances that share this Redis and have found it. */
  async function twoOf({ url }: RedisServer) {
    const prefix = randomUUID()
    const [here, there] = [await instance(prefix, { url }), await instance(prefix, { url })]
    await expect.poll(async () => (await isThere(here)) && isThere(there)).toBe(true)
    return { prefix, here, there }
  }

  it('begins, writes and ends a run for its own readers while Redis is away', () =>
    withOwnRedis(async (own) => {
      const prefix = randomUUID()
      const here = await instance(prefix, { url: own.url })
      await expect.poll(() => isThere(here)).toBe(true)
      await own.kill('SIGKILL')
      const writer = await begin(here, ['a', 'b'])
      const reading = readAll(here)
      await writer.close('done')
      expect(textOf(await reading)).toBe('ab')
      expect(here.faults).toEqual(['unreachable'])

      await own.restart()
      const there = await instance(prefix, { url: own.url })
      await expect
        .poll(() => there.head('run').catch(() => undefined))
        .toEqual({ seq: 3, end: 'done' })
      expect(textOf(await readAll(there))).toBe('ab')
    }))

  it('sends everything again when Redis comes back empty, without a seq twice', () =>
    withOwnRedis(async (own) => {
      const { prefix, here, there } = await twoOf(own)
      const writer = await begin(here, letters.slice(0, 700))
      await writer.flush()
      const reading = followAll(there)
      await expect.poll(() => there.size().bytes).toBeGreaterThan(0)
      await own.restart()
      for (const letter of letters.slice(700, 800)) writer.append(text(letter))
      await writer.close('done')
      const events = await reading
      expect(textOf(events)).toBe(letters.slice(0, 800).join(''))
      expect(seqsOf(events)).toEqual([...new Set(seqsOf(events))])
      await expect
        .poll(() => there.head('run').catch(() => undefined))
        .toMatchObject({ end: 'done' })
      const fresh = await instance(prefix, { url: own.url })
      await expect.poll(() => isThere(fresh)).toBe(true)
      expect(textOf(await readAll(fresh))).toBe(letters.slice(0, 800).join(''))
      expect(here.faults).toContain('data-lost')
    }))

  it.each([
    {
      trouble: 'full',
      begin: ['CONFIG', 'SET', 'maxmemory', '1'],
      over: ['CONFIG', 'SET', 'maxmemory', '0'],
    },
    {
      trouble: 'read-only',
      begin: ['REPLICAOF', '127.0.0.1', '1'],
      over: ['REPLICAOF', 'NO', 'ONE'],
    },
  ])('waits while Redis is $trouble, and loses nothing', ({ begin: cause, over }) =>
    withOwnRedis(async (own) => {
      const { here, there } = await twoOf(own)
      const writer = await begin(here, ['a', 'b'])
      await writer.flush()
      await command(own, cause)
      for (const letter of letters.slice(0, 50)) writer.append(text(letter))
      const local = readAll(here)
      await expect.poll(() => here.faults).toEqual(['refused'])
      await command(own, over)
      await writer.close('done')
      const whole = `ab${letters.slice(0, 50).join('')}`
      expect(textOf(await local)).toBe(whole)
      expect(textOf(await readAll(there))).toBe(whole)
    }),
  )

  it('gives up a Redis that has frozen, and goes on with it when it wakes up', () =>
    withOwnRedis(async (own) => {
      const { here, there } = await twoOf(own)
      const writer = await begin(here, ['a'])
      await writer.flush()
      const reading = followAll(there)
      await expect.poll(() => there.size().bytes).toBeGreaterThan(0)
      await own.kill('SIGSTOP')
      const frozenAt = performance.now()
      await expect(there.head('run')).rejects.toMatchObject({ code: 'log-unavailable' })
      expect(performance.now() - frozenAt).toBeLessThan(2500)
      writer.append(text('b'))
      await own.kill('SIGCONT')
      await writer.close('done')
      expect(textOf(await reading)).toBe('ab')
    }))

  it('answers readers of other instances that it cannot be reached', () =>
    withOwnRedis(async (own) => {
      const here = await instance(randomUUID(), { url: own.url })
      await own.kill('SIGKILL')
      await expect(here.head('run')).rejects.toMatchObject({ code: 'log-unavailable' })
      await expect(here.cancel('run')).rejects.toMatchObject({ code: 'log-unavailable' })
      await expect(here.takeOver('run')).rejects.toMatchObject({ code: 'log-unavailable' })
      await expect(readAll(here)).rejects.toMatchObject({ code: 'log-unavailable' })
    }))
})

/** On a connection of its own, in Redis’ inline protocol. */
async function command({ port }: RedisServer, words: readonly string[]): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${words.join(' ')}\r\n`)
  const [reply]: unknown[] = await once(socket, 'data')
  socket.destroy()
  if (!String(reply).startsWith('+OK')) throw new Error(String(reply))
}
