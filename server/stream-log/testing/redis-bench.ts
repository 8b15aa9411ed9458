import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { startRedis, type RedisServer } from '@/e2e/servers/redis'
import { findRedisServer } from '@/scripts/find-servers.mjs'
import type { StreamChunk, StreamEvent } from '@/shared/stream/stream-event'
import { connectRedis, type Redis } from '../../redis/redis'
import { createRedisStreamLog, type RedisStreamLogOptions } from '../redis'
import type { RedisFault } from '../redis-faults'
import { isStreamLogError, type StreamLog, type StreamLogWriter } from '../stream-log'

export type Instance = StreamLog & { redis: Redis; faults: RedisFault[]; leasesLost: () => number }

export const hasRedis = Boolean(process.env['REDIS_URL'] ?? findRedisServer())
export const text = (delta: string): StreamChunk => ({ type: 'text-delta', id: 't', delta })
export const letters = Array.from({ length: 2000 }, (_, index) =>
  String.fromCodePoint(0x4e00 + index),
)

/** Logs on a Redis that lasts as long as the tests of a file; each log, as long as its test. */
export function openRedisBench() {
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

  /** A log that is written by one instance and read by another. */
  async function acrossInstances(options: Partial<RedisStreamLogOptions> = {}): Promise<StreamLog> {
    const prefix = randomUUID()
    const [here, there] = [await instance(prefix, options), await instance(prefix, options)]
    return bind(there, { open: (runId: string) => here.open(runId) })
  }

  return {
    instance,
    acrossInstances,
    disconnect: async () => {
      for (const log of opened) await log.redis.close()
    },
  }
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

export async function readAll(log: StreamLog, after = 0, signal = AbortSignal.timeout(10_000)) {
  const events: StreamEvent[] = []
  for await (const batch of log.read('run', { after, signal })) events.push(...batch)
  return events
}

/** As the use case does it: a reader whose writer seems gone reads on from where it is. */
export async function followAll(log: StreamLog): Promise<StreamEvent[]> {
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

export function textOf(events: readonly StreamEvent[]): string {
  return events
    .map((event) => ('chunk' in event && 'delta' in event.chunk ? event.chunk.delta : ''))
    .join('')
}

export function seqsOf(events: readonly StreamEvent[]): number[] {
  return events.map(({ seq }) => seq)
}

export async function begin(
  log: StreamLog,
  deltas: readonly string[] = [],
): Promise<StreamLogWriter> {
  const writer = await log.open('run')
  if (!writer) throw new Error('The run has a writer already.')
  for (const delta of deltas) writer.append(text(delta))
  return writer
}

export function isThere(log: Instance): Promise<boolean> {
  return log.redis.ping().then(
    () => true,
    () => false,
  )
}
