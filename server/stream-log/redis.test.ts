import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startRedis, type RedisServer } from '@/e2e/servers/redis'
import { findRedisServer } from '@/scripts/find-servers.mjs'
import type { StreamChunk, StreamEvent } from '@/shared/stream/stream-event'
import { connectRedis, defineScript, type Redis } from '../redis/redis'
import { createRedisStreamLog, type RedisStreamLogOptions } from './redis'
import type { RedisFault } from './redis-faults'
import { isStreamLogError, type StreamLog, type StreamLogWriter } from './stream-log'
import { describeStreamLog } from './stream-log.contract'

type Instance = StreamLog & { redis: Redis; faults: RedisFault[]; leasesLost: () => number }

const hasRedis = Boolean(process.env['REDIS_URL'] ?? findRedisServer())
const text = (delta: string): StreamChunk => ({ type: 'text-delta', id: 't', delta })

let server: RedisServer
let opened: Instance[] = []

beforeAll(async () => {
  const started = hasRedis ? await startRedis() : undefined
  if (started) server = started
})

afterEach(async () => {
  for (const log of opened) {
    await log.close()
    await log.redis.close()
  }
  opened = []
})

afterAll(() => server?.stop())

/** One process’s view of a Redis; `prefix` tells which deployment it belongs to. */
async function instance(
  prefix: string,
  options: Partial<RedisStreamLogOptions> & { url?: string } = {},
): Promise<Instance> {
  const faults: RedisFault[] = []
  let leasesLost = 0
  const { url = server.url } = options
  const redis = connectRedis({ url, prefix, timeoutMs: 1000, onError: () => {} })
  const streamLog = createRedisStreamLog({
    redis,
    leaseMs: 300,
    renewEveryMs: 90,
    askEveryMs: 50,
    onFault: (fault) => faults.push(fault),
    onLeaseLost: () => (leasesLost += 1),
    ...options,
  })
  const made = bind(streamLog, { redis, faults, leasesLost: () => leasesLost })
  opened.push(made)
  if (!options.url) await expect.poll(() => redis.ping().then(() => true)).toBe(true)
  return made
}

function bind<Extra extends object>(log: StreamLog, extra: Extra): StreamLog & Extra {
  return {
    shared: log.shared,
    open: (runId) => log.open(runId),
    takeOver: (runId) => log.takeOver(runId),
    read: (runId, options) => log.read(runId, options),
    head: (runId) => log.head(runId),
    cancel: (runId) => log.cancel(runId),
    forget: (runId) => log.forget(runId),
    size: () => log.size(),
    ping: () => log.ping(),
    close: () => log.close(),
    ...extra,
  }
}

/** A log that is written by one instance and read by another. */
async function acrossInstances(options: Partial<RedisStreamLogOptions> = {}): Promise<StreamLog> {
  const prefix = randomUUID()
  const [here, there] = [await instance(prefix, options), await instance(prefix, options)]
  return bind(there, { open: (runId: string) => here.open(runId) })
}

async function readAll(log: StreamLog, after = 0, signal = AbortSignal.timeout(10_000)) {
  const events: StreamEvent[] = []
  for await (const batch of log.read('run', { after, signal })) events.push(...batch)
  return events
}

/** As the use case does it: a reader whose writer seems gone reads on from where it is. */
async function followAll(log: StreamLog): Promise<StreamEvent[]> {
  const events: StreamEvent[] = []
  for (;;) {
    try {
      const options = { after: events.at(-1)?.seq ?? 0, signal: AbortSignal.timeout(10_000) }
      for await (const batch of log.read('run', options)) events.push(...batch)
      return events
    } catch (error) {
      if (!isStreamLogError(error, 'WriterGoneError')) throw error
      await delay(20)
    }
  }
}

function textOf(events: readonly StreamEvent[]): string {
  return events
    .map((event) => ('chunk' in event && 'delta' in event.chunk ? event.chunk.delta : ''))
    .join('')
}

function seqsOf(events: readonly StreamEvent[]): number[] {
  return events.map(({ seq }) => seq)
}

async function begin(log: StreamLog, deltas: readonly string[] = []): Promise<StreamLogWriter> {
  const writer = await log.open('run')
  if (!writer) throw new Error('The run has a writer already.')
  for (const delta of deltas) writer.append(text(delta))
  return writer
}

const letters = Array.from({ length: 2000 }, (_, index) => String.fromCodePoint(0x4e00 + index))

describe.skipIf(!hasRedis)('on Redis', () => {
  describeStreamLog('redis', () => instance(randomUUID()))
  describeStreamLog('redis, read on another instance', () => acrossInstances())
  describeStreamLog('redis, read on another instance, joined in place all the time', () =>
    acrossInstances({ runBytesMax: 1 }),
  )

  it('gives a run to one writer of all instances', async () => {
    const prefix = randomUUID()
    const instances = await Promise.all([instance(prefix), instance(prefix), instance(prefix)])
    const writers = await Promise.all(instances.map((log) => log.open('run')))
    expect(writers.filter(Boolean)).toHaveLength(1)
  })

  it('puts a long log together and replays it whole from any position', async () => {
    const prefix = randomUUID()
    const writer = await begin(await instance(prefix))
    for (const [index, letter] of letters.entries()) {
      writer.append(text(letter))
      if (index % 10 === 0) await writer.flush()
    }
    await writer.close('done')

    const elsewhere = await instance(prefix)
    for (const after of [0, 1, 511, 512, 513, 777, 1999, 2000]) {
      const events = await readAll(elsewhere, after)
      expect(textOf(events)).toBe(letters.slice(after).join(''))
      expect(events.at(-1)).toEqual({ seq: 2001, end: 'done' })
    }
    const tail = await elsewhere.redis.run(countTail, { keys: tailOf(prefix), args: [] })
    expect(tail, 'entries that are not put together yet').toBeLessThan(600)
  })

  it('fills what messages did not bring from the stream, in order', async () => {
    const prefix = randomUUID()
    const [here, there] = [await instance(prefix), await instance(prefix)]
    const writer = await begin(here, ['a'])
    await writer.flush()
    const reading = readAll(there)
    await expect.poll(() => there.size().bytes).toBeGreaterThan(0)
    const breaker = setInterval(() => void dropSubscribers(here.redis), 20)
    for (const [index, letter] of letters.slice(0, 300).entries()) {
      writer.append(text(letter))
      if (index % 3 === 0) await delay(1)
    }
    await writer.close('done')
    clearInterval(breaker)
    const events = await reading
    expect(textOf(events)).toBe(`a${letters.slice(0, 300).join('')}`)
    expect(seqsOf(events)).toEqual([...new Set(seqsOf(events))].toSorted((one, two) => one - two))
  })

  it('cancels within a renewal also when the message is lost', async () => {
    const prefix = randomUUID()
    const [here, there] = [await instance(prefix), await instance(prefix)]
    const writer = await begin(here, ['a'])
    await writer.flush()
    const head = `${prefix}run:{run}:head`
    await there.redis.run(setCancel, { keys: [head], args: [] })
    await expect.poll(() => writer.signal.aborted).toBe(true)
  })

  describe('when a writer is gone', () => {
    async function died(): Promise<{ elsewhere: Instance; prefix: string }> {
      const prefix = randomUUID()
      const dying = await instance(prefix)
      const writer = await begin(dying, ['a', 'b', 'c'])
      await writer.flush()
      await dying.close()
      return { elsewhere: await instance(prefix), prefix }
    }

    it('lets nobody take its place while its lease holds', async () => {
      const prefix = randomUUID()
      await begin(await instance(prefix), ['a'])
      const elsewhere = await instance(prefix)
      await delay(600)
      expect(await elsewhere.takeOver('run')).toEqual({ status: 'held' })
    })

    it('tells readers, and goes on behind what was written once somebody has its place', async () => {
      const { elsewhere, prefix } = await died()
      await expect(readAll(elsewhere)).rejects.toThrow(/is gone/)
      const others = [elsewhere, await instance(prefix), await instance(prefix)]
      const attempts = await Promise.all(others.map((log) => log.takeOver('run')))
      const taken = attempts.filter((attempt) => attempt.status === 'taken')
      expect(taken).toHaveLength(1)
      const [place] = taken
      if (place?.status !== 'taken') throw new Error('nobody has it')
      expect(textOf(place.events)).toBe('abc')
      expect(place.writer.append(text('d'))).toBe(4)
      const more = letters.slice(0, 600)
      for (const letter of more) place.writer.append(text(letter))
      await place.writer.close('interrupted')
      const whole = `abcd${more.join('')}`
      for (const log of others) expect(textOf(await readAll(log, 1))).toBe(whole.slice(1))
      expect(textOf(await readAll(await instance(prefix)))).toBe(whole)
      expect(await elsewhere.takeOver('run')).toEqual({ status: 'ended' })
      expect(await (await instance(prefix)).takeOver('run')).toEqual({ status: 'ended' })
    })

    it('refuses the old writer when it wakes up, and cuts its readers', async () => {
      const prefix = randomUUID()
      const paused = await instance(prefix, { renewEveryMs: 60_000 })
      const writer = await begin(paused, ['a'])
      const reading = readAll(paused).catch((error: unknown) => error)
      await writer.flush()
      const elsewhere = await instance(prefix)
      await expect.poll(async () => (await elsewhere.takeOver('run')).status).toBe('taken')

      writer.append(text('too late'))
      await expect.poll(() => writer.signal.aborted).toBe(true)
      expect(writer.signal.reason).toMatchObject({ name: 'WriterLostError' })
      expect(await reading).toMatchObject({ name: 'WriterGoneError' })
      expect(paused.leasesLost()).toBe(1)
      expect(await elsewhere.head('run')).toEqual({ seq: 1 })
    })

    it('lets nobody read on from what only the dead writer’s own readers saw', async () => {
      const { elsewhere, prefix } = await died()
      await expect(readAll(elsewhere)).rejects.toThrow(/is gone/)
      const place = await elsewhere.takeOver('run')
      if (place.status !== 'taken') throw new Error('nobody has it')
      const unseen = readAll(await instance(prefix), 5).catch((error: unknown) => error)
      await place.discardUnseen()
      place.writer.append({ type: 'finish' })
      await place.writer.close('interrupted')
      expect(await unseen).toMatchObject({ name: 'PositionLostError' })
      const fresh = await instance(prefix)
      expect(await fresh.head('run')).toMatchObject({ lost: { after: 3 }, end: 'interrupted' })
      expect(textOf(await readAll(fresh))).toBe('abc')
      expect((await readAll(fresh, 3)).map((event) => 'end' in event)).toEqual([false, true])
      await expect(readAll(fresh, 4)).rejects.toThrow(/never had/)
      await expect(readAll(elsewhere, 4)).rejects.toThrow(/never had/)
    })

    it('takes over at once what its writer has released, also in the same process', async () => {
      const prefix = randomUUID()
      const here = await instance(prefix)
      const writer = await begin(here, ['a'])
      const reading = followAll(here)
      await writer.release()
      const place = await here.takeOver('run')
      if (place.status !== 'taken') throw new Error(`It is ${place.status}.`)
      expect(textOf(place.events)).toBe('a')
      place.writer.append(text('b'))
      await place.writer.close('done')
      expect(textOf(await reading)).toBe('ab')
      expect(textOf(await readAll(await instance(prefix)))).toBe('ab')
      expect(here.leasesLost()).toBe(0)
    })

    it('says that there is nothing to take of an unknown run', async () => {
      expect(await (await instance(randomUUID())).takeOver('run')).toEqual({ status: 'none' })
    })
  })

  describe('when Redis fails', () => {
    async function withOwnRedis(test: (own: RedisServer) => Promise<void>): Promise<void> {
      const own = await startRedis()
      if (!own) throw new Error('Redis has gone missing.')
      try {
        await test(own)
      } finally {
        await afterEachClose()
        await own.stop()
      }
    }

    async function afterEachClose(): Promise<void> {
      for (const log of opened) await log.redis.close()
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
        const prefix = randomUUID()
        const [here, there] = [
          await instance(prefix, { url: own.url }),
          await instance(prefix, { url: own.url }),
        ]
        await expect.poll(async () => (await isThere(here)) && isThere(there)).toBe(true)
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
        const prefix = randomUUID()
        const [here, there] = [
          await instance(prefix, { url: own.url }),
          await instance(prefix, { url: own.url }),
        ]
        await expect.poll(async () => (await isThere(here)) && isThere(there)).toBe(true)
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
        const prefix = randomUUID()
        const [here, there] = [
          await instance(prefix, { url: own.url }),
          await instance(prefix, { url: own.url }),
        ]
        await expect.poll(async () => (await isThere(here)) && isThere(there)).toBe(true)
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
})

const countTail = defineScript("return redis.call('XLEN', KEYS[1])")
const setCancel = defineScript("return redis.call('HSET', KEYS[1], 'cancel', 1)")

function tailOf(prefix: string): string[] {
  return [`${prefix}run:{run}:tail`]
}

function isThere(log: Instance): Promise<boolean> {
  return log.redis.ping().then(
    () => true,
    () => false,
  )
}

function dropSubscribers(redis: Redis): Promise<unknown> {
  const drop = defineScript("return redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')")
  return redis.run(drop, { keys: [], args: [] }).catch(() => undefined)
}

/** On a connection of its own, in Redis’ inline protocol. */
async function command({ port }: RedisServer, words: readonly string[]): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${words.join(' ')}\r\n`)
  const [reply]: unknown[] = await once(socket, 'data')
  socket.destroy()
  if (!String(reply).startsWith('+OK')) throw new Error(String(reply))
}
