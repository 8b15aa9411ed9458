import 'server-only'
import type { Redis } from '../redis/redis'
import { parseEntries, type RedisRun } from './redis-run'
import type { RunLog } from './run-log'
import { UnknownRunError, WriterGoneError } from './stream-log'

export type RedisMirrorOptions = {
  runId: string
  redis: Redis
  redisRun: RedisRun
  log: RunLog
  /** How often Redis is asked when nothing was heard of the run, in milliseconds. */
  askEveryMs: number
}

/**
 * A copy of a run that is written elsewhere, which all readers of this process share. Messages wake and feed it; what
 * they lack, in order or at all, is fetched from the stream, which alone has the order (docs/protocol.md § 3).
 */
export class RedisMirror {
  readonly log: RunLog
  readers = 0
  readonly #options: RedisMirrorOptions
  readonly #closed = new AbortController()
  readonly #timer: NodeJS.Timeout
  #subscribed: Promise<void> | undefined
  #fetching: Promise<void> | undefined
  #fetchAgain = false
  #heard = false
  #missing: 'log' | 'writer' | undefined

  constructor(options: RedisMirrorOptions) {
    this.#options = options
    this.log = options.log
    this.#timer = setInterval(() => this.#askWhenQuiet(), options.askEveryMs)
    options.redis.onReconnect(() => this.#fetchQuietly(), this.#closed.signal)
  }

  /** Brings the copy up to date. Throws `UnknownRunError` when there is no such log, or what Redis threw. */
  async refresh(): Promise<void> {
    const { redis, redisRun, runId } = this.#options
    this.#subscribed ??= redis.subscribe(redisRun.channel, {
      listener: (message) => this.#receive(message),
      signal: this.#closed.signal,
    })
    await this.#subscribed
    await this.#fetch()
    if (this.#missing === 'log' && this.log.seq === 0) throw new UnknownRunError(runId)
  }

  /** Throws when nothing more will come as things stand. */
  requireWriter(): void {
    if (this.#missing) throw new WriterGoneError(this.#options.runId)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#closed.abort()
  }

  #receive(message: string): void {
    this.#heard = true
    if (!this.log.receive(parseEntries(message))) this.#fetchQuietly()
    this.#settle()
  }

  #askWhenQuiet(): void {
    if (!this.#heard) this.#fetchQuietly()
    this.#heard = false
  }

  /** While Redis is away there is nothing to do but to ask again. */
  #fetchQuietly(): void {
    void this.#fetch().catch(() => undefined)
  }

  /** What is under way may have been read before the news; then it is read once more. */
  #fetch(): Promise<void> {
    this.#fetchAgain = this.#fetching !== undefined
    this.#fetching ??= this.#fetchAll()
    return this.#fetching
  }

  async #fetchAll(): Promise<void> {
    try {
      do {
        this.#fetchAgain = false
        await this.#fetchOnce()
      } while (this.#fetchAgain)
    } finally {
      this.#fetching = undefined
    }
  }

  async #fetchOnce(): Promise<void> {
    const reply = await this.#options.redisRun.read(this.log.seq)
    if (reply) this.log.receive(reply.entries)
    const hasWriter = reply && (reply.end || reply.alive)
    this.#missing = hasWriter ? undefined : reply ? 'writer' : 'log'
    this.#settle()
    if (this.#missing) this.log.wake()
  }

  #settle(): void {
    if (this.log.end) clearInterval(this.#timer)
  }
}
