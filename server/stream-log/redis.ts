import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Redis } from '../redis/redis'
import { readRun } from './read-run'
import { logUnavailable, RedisFaults, type RedisFault } from './redis-faults'
import { RedisMirror } from './redis-mirror'
import { RedisRun, type RedisRunTimes } from './redis-run'
import { RedisWriter, type RedisWriterOptions } from './redis-writer'
import { RunLog } from './run-log'
import { RunShelf } from './run-shelf'
import { isStreamLogError, type StreamLog, type StreamLogWriter, type TakeOver } from './stream-log'

export type RedisStreamLogOptions = Partial<RedisRunTimes> & {
  redis: Redis
  onFault?: (fault: RedisFault) => void
  onLeaseLost?: () => void
  /** A writer says that it lives this often, in milliseconds. */
  renewEveryMs?: number
  /** How often a reader asks after a run that it hears nothing of, in milliseconds. */
  askEveryMs?: number
  /** How long this process keeps the copy of a run that nobody here reads any more, in milliseconds. */
  mirrorKeptMs?: number
  runBytesMax?: number
  totalBytesMax?: number
}

/**
 * The stream log of many processes (docs/protocol.md § 3). Each run is written into the memory of its process and from
 * there to Redis; readers of that process read the memory, others a copy that Redis feeds.
 */
export function createRedisStreamLog(options: RedisStreamLogOptions): StreamLog {
  return new RedisStreamLog(options)
}

class RedisStreamLog implements StreamLog {
  readonly shared = true
  readonly #redis: Redis
  readonly #options: RedisStreamLogOptions
  readonly #times: RedisRunTimes
  readonly #faults: RedisFaults
  readonly #writers: RunShelf<RedisWriter>
  readonly #mirrors = new Map<string, RedisMirror>()
  readonly #closed = new AbortController()
  readonly #controlChannel: string
  readonly #forgetChannel: string

  constructor(options: RedisStreamLogOptions) {
    const { redis, keptAfterEndMs = 5 * 60_000, totalBytesMax = 256 * 1024 * 1024 } = options
    this.#redis = redis
    this.#options = options
    this.#times = {
      leaseMs: options.leaseMs ?? 10_000,
      keptMs: options.keptMs ?? 15 * 60_000,
      keptAfterEndMs,
    }
    this.#faults = new RedisFaults(options.onFault ?? (() => {}))
    this.#writers = new RunShelf({ keptAfterEndMs, totalBytesMax })
    this.#controlChannel = `${redis.prefix}cancel`
    this.#forgetChannel = `${redis.prefix}forget`
    const signal = this.#closed.signal
    const listener = (runId: string) => this.#writers.get(runId)?.cancel()
    void redis.subscribe(this.#controlChannel, { listener, signal })
    const forgetHere = (runId: string) => this.#forgetHere(runId)
    void redis.subscribe(this.#forgetChannel, { listener: forgetHere, signal })
    redis.onReconnect(() => this.#sendAgain(), signal)
  }

  async open(runId: string): Promise<StreamLogWriter | undefined> {
    if (this.#writers.get(runId)) return undefined
    const owner = randomUUID()
    const writer = this.#createWriter({ runId, owner, log: this.#newLog(), merged: 0 })
    try {
      if (await this.#runOf(runId).open(owner)) return writer
      this.#discard(runId, writer)
      return undefined
    } catch (error) {
      // The answer is never sacrificed to the log: the writer opens it once Redis is back.
      this.#faults.note(error)
      return writer
    }
  }

  async takeOver(runId: string): Promise<TakeOver> {
    const held = this.#writers.get(runId)
    if (held) return { status: held.log.end ? 'ended' : 'held' }
    const owner = randomUUID()
    return reachable(async () => {
      const run = this.#runOf(runId)
      const status = await run.takeOver(owner)
      if (status !== 'taken') return { status }
      const log = this.#newLog()
      const written = await run.read(0)
      log.receive(written?.entries ?? [])
      const events = log.eventsAfter(0, Number.POSITIVE_INFINITY)
      const writer = this.#createWriter({ runId, owner, log, merged: written?.merged ?? 0 })
      return { status, events, writer, discardUnseen: () => discardUnseen(run, log) }
    })
  }

  async *read(runId: string, { after, signal }: { after: number; signal: AbortSignal }) {
    const writer = this.#writers.get(runId)
    if (writer) {
      yield* readRun(writer.log, { runId, after, signal, check: () => writer.requireOwned() })
      return
    }
    const mirror = this.#mirrorOf(runId)
    mirror.readers += 1
    try {
      await reachable(() => mirror.refresh())
      yield* readRun(mirror.log, { runId, after, signal, check: () => mirror.requireWriter() })
    } finally {
      mirror.readers -= 1
      this.#releaseLater(runId, mirror)
    }
  }

  async head(runId: string) {
    const log = this.#writers.get(runId)?.log
    if (log)
      return {
        seq: log.seq,
        ...(log.end && { end: log.end }),
        ...(log.lost && { lost: log.lost }),
      }
    return reachable(() => this.#runOf(runId).head())
  }

  async cancel(runId: string): Promise<boolean> {
    const writer = this.#writers.get(runId)
    if (!writer) return reachable(() => this.#runOf(runId).cancel(this.#controlChannel))
    if (writer.log.end) return false
    writer.cancel()
    return true
  }

  async forget(runId: string): Promise<void> {
    this.#forgetHere(runId)
    await reachable(() => this.#runOf(runId).forget(this.#forgetChannel))
  }

  size() {
    const written = this.#writers.size()
    let { runs, bytes } = written
    for (const { log } of this.#mirrors.values()) {
      runs += 1
      bytes += log.bytes
    }
    return { runs, bytes }
  }

  ping(): Promise<void> {
    return this.#redis.ping()
  }

  close(): Promise<void> {
    this.#closed.abort()
    for (const writer of this.#writers.values()) writer.dispose()
    for (const mirror of this.#mirrors.values()) mirror.close()
    return Promise.resolve()
  }

  #createWriter(
    begun: Pick<RedisWriterOptions, 'runId' | 'owner' | 'log' | 'merged'>,
  ): RedisWriter {
    const { runId } = begun
    const writer = new RedisWriter({
      ...begun,
      redisRun: this.#runOf(runId),
      faults: this.#faults,
      renewEveryMs: this.#options.renewEveryMs ?? 3000,
      onClosed: () => this.#writers.forgetLater(runId),
      onReleased: () => this.#writers.remove(runId),
      onLost: () => {
        this.#writers.remove(runId)
        this.#options.onLeaseLost?.()
      },
    })
    this.#writers.put(runId, writer)
    return writer
  }

  #discard(runId: string, writer: RedisWriter): void {
    writer.dispose()
    this.#writers.remove(runId)
  }

  #forgetHere(runId: string): void {
    const writer = this.#writers.get(runId)
    if (writer) this.#discard(runId, writer)
    this.#mirrors.get(runId)?.close()
    this.#mirrors.delete(runId)
  }

  #mirrorOf(runId: string): RedisMirror {
    const known = this.#mirrors.get(runId)
    if (known) return known
    const mirror = new RedisMirror({
      runId,
      redis: this.#redis,
      redisRun: this.#runOf(runId),
      log: this.#newLog(),
      askEveryMs: this.#options.askEveryMs ?? 1000,
    })
    this.#mirrors.set(runId, mirror)
    return mirror
  }

  #releaseLater(runId: string, mirror: RedisMirror): void {
    const release = () => {
      if (mirror.readers > 0 || this.#mirrors.get(runId) !== mirror) return
      this.#mirrors.delete(runId)
      mirror.close()
    }
    setTimeout(release, this.#options.mirrorKeptMs ?? 10_000).unref()
  }

  #runOf(runId: string): RedisRun {
    return new RedisRun(this.#redis, { runId, times: this.#times })
  }

  #newLog(): RunLog {
    return new RunLog(this.#options.runBytesMax)
  }

  #sendAgain(): void {
    for (const writer of this.#writers.values()) writer.retryNow()
  }
}

/** No process holds that many events back from Redis. */
const unseenMax = 1_000_000

async function discardUnseen(run: RedisRun, log: RunLog): Promise<void> {
  const lost = { after: log.seq, before: log.seq + unseenMax }
  log.skipTo(lost.before)
  await reachable(() => run.markLost(lost))
}

/** What the log says of itself stays as it is; anything else means that Redis did not answer. */
async function reachable<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask()
  } catch (error) {
    throw isStreamLogError(error, 'UnknownRunError') ? error : logUnavailable()
  }
}
