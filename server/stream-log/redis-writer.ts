import 'server-only'
import type { RunEnd, StreamChunk } from '@/shared/stream/stream-event'
import { log as serverLog } from '../log'
import type { RedisFaults } from './redis-faults'
import type { RedisRun, Written } from './redis-run'
import type { RunLog } from './run-log'
import { WriterGoneError, WriterLostError, type StreamLogWriter } from './stream-log'

export type RedisWriterOptions = {
  runId: string
  owner: string
  redisRun: RedisRun
  log: RunLog
  /** The last event that is put together in Redis already. */
  merged: number
  faults: RedisFaults
  renewEveryMs: number
  onClosed: () => void
  onReleased: () => void
  onLost: () => void
}

const batchBytesMax = 64 * 1024
/** So many events behind the last ones put together, the next are. */
const mergedEventsMin = 512
const retryMsMin = 100
const retryMsMax = 2000
/** What is missing elsewhere is sent when Redis is back; nobody here waits longer for that. */
const flushWaitMsMax = 2000

/**
 * Writes a run into memory, for readers of this process, and from there to Redis as fast as it takes it: the first event
 * at once, then what has piled up meanwhile. While Redis takes nothing, what it lacks waits in memory.
 */
export class RedisWriter implements StreamLogWriter {
  readonly log: RunLog
  readonly #options: RedisWriterOptions
  readonly #cancellation = new AbortController()
  readonly #renewTimer: NodeJS.Timeout
  readonly #waiting = new Set<() => void>()
  #acknowledged: number
  #merged: number
  #sending = false
  #lost = false
  #retryMs = retryMsMin
  #wakeRetry = () => {}

  constructor(options: RedisWriterOptions) {
    this.#options = options
    this.log = options.log
    this.#acknowledged = options.log.seq
    this.#merged = options.merged
    this.#renewTimer = setInterval(() => void this.#renew(), options.renewEveryMs)
  }

  get signal(): AbortSignal {
    return this.#cancellation.signal
  }

  append(chunk: StreamChunk): number {
    if (this.log.end) throw new Error('The run has ended; nothing can be appended to its log.')
    const seq = this.log.append(chunk)
    void this.#send()
    return seq
  }

  async flush(): Promise<void> {
    const target = this.log.seq
    while (this.#acknowledged < target && !this.#lost) await this.#nextProgress()
  }

  async close(end: RunEnd): Promise<void> {
    if (this.log.end) return
    this.log.close(end)
    void this.#send()
    this.#options.onClosed()
    await this.#flushBriefly()
  }

  async release(): Promise<void> {
    await this.#flushBriefly()
    await this.#try(() => this.#options.redisRun.release(this.#options.owner))
    this.dispose()
    this.#options.onReleased()
    this.log.wake()
  }

  cancel(): void {
    this.#cancellation.abort(new DOMException('The run was stopped.', 'AbortError'))
  }

  /** Sends again at once, for when Redis is back. */
  retryNow(): void {
    this.#wakeRetry()
    void this.#send()
  }

  /** For readers here: nothing more comes from a writer that has lost its run. */
  requireOwned(): void {
    if (this.#lost) throw new WriterGoneError(this.#options.runId)
  }

  /** Lets go of everything, as at the end of the process. */
  dispose(): void {
    clearInterval(this.#renewTimer)
    this.#lost = true
    this.#wakeRetry()
    this.#tellProgress()
  }

  async #send(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    while (this.#acknowledged < this.log.seq && !this.#lost) {
      if (await this.#try(() => this.#sendNext())) continue
      await this.#retryDelay()
    }
    this.#sending = false
    if (this.log.end) clearInterval(this.#renewTimer)
  }

  async #sendNext(): Promise<void> {
    const { redisRun, owner } = this.#options
    const entries = this.log.entriesAfter(this.#acknowledged, batchBytesMax)
    await this.#settle(await redisRun.append(owner, entries))
    if (this.#acknowledged - this.#merged >= mergedEventsMin) await this.#merge()
  }

  async #merge(): Promise<void> {
    const { redisRun, owner } = this.#options
    const entries = this.log
      .entriesAfter(this.#merged, Number.POSITIVE_INFINITY)
      .filter(({ event }) => event.seq <= this.#acknowledged)
    await redisRun.merge(owner, entries)
    this.#merged = entries.at(-1)?.event.seq ?? this.#merged
  }

  async #renew(): Promise<void> {
    const { redisRun, owner } = this.#options
    await this.#try(async () => this.#settle(await redisRun.renew(owner)))
    void this.#send()
  }

  /** False, and told, when Redis did not take it. */
  async #try(write: () => Promise<void>): Promise<boolean> {
    try {
      await write()
      this.#options.faults.over()
      this.#retryMs = retryMsMin
      return true
    } catch (error) {
      this.#options.faults.note(error)
      return false
    }
  }

  async #settle(written: Written): Promise<void> {
    if (written === 'unknown') return this.#beginAgain()
    if (written === 'not-owner') return this.#lose()
    this.#acknowledged = written.seq
    if (written.cancelled && !this.log.end) this.cancel()
    this.#tellProgress()
  }

  async #beginAgain(): Promise<void> {
    const { redisRun, owner, runId, faults } = this.#options
    if (this.#acknowledged > 0) faults.noteLostData(runId)
    if (!(await redisRun.open(owner))) return this.#lose()
    this.#acknowledged = 0
    this.#merged = 0
  }

  #lose(): void {
    if (this.#lost) return
    // Redis refuses the owner too once it has the end: an end whose confirmation was lost on the way.
    if (!this.log.end) {
      serverLog.warn('A run has passed to another writer.', { runId: this.#options.runId })
      this.#cancellation.abort(new WriterLostError(this.#options.runId))
      this.#options.onLost()
    }
    this.dispose()
    this.log.wake()
  }

  async #retryDelay(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, this.#retryMs).unref()
    this.#wakeRetry = resolve
    this.#retryMs = Math.min(this.#retryMs * 2, retryMsMax)
    await promise
    clearTimeout(timer)
  }

  async #flushBriefly(): Promise<void> {
    const waited = new Promise<void>((resolve) => setTimeout(resolve, flushWaitMsMax).unref())
    await Promise.race([this.flush(), waited])
  }

  #nextProgress(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve))
  }

  #tellProgress(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}
