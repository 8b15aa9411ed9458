import 'server-only'
import type { RunEnd, StreamChunk, StreamEvent } from '@/shared/stream/stream-event'
import {
  deltaOf,
  eventBytes,
  joinEntries,
  restOfEntry,
  restOfEvent,
  sizeOfEntry,
  type LogEntry,
} from './log-entry'

/** About two hundred tokens: what is joined takes a tenth of the room, and readers are further on by then. */
const usualBytesMax = 32 * 1024

/** Fewer events take no room worth the work. */
const joinedAtEndMin = 64

/** The events of one run in memory, in order, with those who wait for the next one. */
export class RunLog {
  seq = 0
  bytes = 0
  end: RunEnd | undefined
  #entries: LogEntry[] = []
  readonly #waiting = new Set<LogFollower>()
  #compactAt: number
  #nextSeq = 1
  #lost: { after: number; before: number } | undefined

  constructor(bytesMax = usualBytesMax) {
    this.#compactAt = bytesMax
  }

  append(chunk: StreamChunk): number {
    // Before the new event: readers that wait for it get the same object, which is encoded once for all of them.
    if (this.bytes > this.#compactAt) this.compact()
    this.#push({ firstSeq: this.seq + 1, event: { seq: this.#nextSeq, chunk } })
    return this.seq
  }

  close(end: RunEnd): void {
    this.#push({ firstSeq: this.seq + 1, event: { seq: this.#nextSeq, end } })
  }

  /** Positions that readers may have seen and this log never had. */
  get lost(): { after: number; before: number } | undefined {
    return this.#lost
  }

  /** Makes the next event stand for all positions up to `seq`, none of which can be read on from. */
  skipTo(seq: number): void {
    this.#nextSeq = seq
  }

  /**
   * Takes over entries of a writer elsewhere; what is here already is dropped. False when entries before these are
   * missing: then nothing was taken.
   */
  receive(entries: readonly LogEntry[]): boolean {
    for (const entry of entries) {
      if (entry.event.seq <= this.seq) continue
      if (entry.firstSeq > this.seq + 1) return false
      this.#push(restOfEntry(entry, this.seq))
    }
    return true
  }

  /** The events behind `after`, at least one if there is any, up to about `bytesMax` of them. */
  eventsAfter(after: number, bytesMax: number): StreamEvent[] {
    return this.#take(after, bytesMax).map((entry) => restOfEvent(entry, after))
  }

  /** As `eventsAfter`, as entries that another instance can take. */
  entriesAfter(after: number, bytesMax: number): LogEntry[] {
    return this.#take(after, bytesMax).map((entry) => restOfEntry(entry, after))
  }

  /** For one reader, to wait with. It is to be left in the end. */
  follow(signal: AbortSignal): LogFollower {
    return new LogFollower(this.#waiting, signal)
  }

  /** Lets those who wait look again. */
  wake(): void {
    for (const follower of [...this.#waiting]) follower.wake()
  }

  /** Joins neighbouring deltas in place. The next time comes when the log has doubled, so the cost stays linear. */
  compact(): void {
    this.#entries = joinEntries(this.#entries)
    this.bytes = this.#entries.reduce((sum, entry) => sum + sizeOfEntry(entry), 0)
    this.#compactAt = Math.max(this.#compactAt, this.bytes * 2)
  }

  #push(entry: LogEntry): void {
    // What has ended is only replayed, and kept for minutes.
    if ('end' in entry.event && this.#entries.length >= joinedAtEndMin) this.compact()
    this.#entries.push(entry)
    this.seq = entry.event.seq
    this.#nextSeq = this.seq + 1
    if (entry.firstSeq < this.seq && !entry.ends)
      this.#lost = { after: entry.firstSeq - 1, before: this.seq }
    this.bytes += sizeOfEntry(entry)
    if ('end' in entry.event) this.end = entry.event.end
    this.wake()
  }

  #take(after: number, bytesMax: number): LogEntry[] {
    const taken: LogEntry[] = []
    let bytes = 0
    for (let index = this.#indexBehind(after); index < this.#entries.length; index++) {
      const entry = this.#entries[index]
      if (!entry || (bytes >= bytesMax && taken.length > 0)) break
      taken.push(entry)
      bytes += deltaOf(entry).length || eventBytes
    }
    return taken
  }

  /** The first entry that holds anything behind `after`, by bisection. */
  #indexBehind(after: number): number {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#entries[middle]?.event.seq ?? 0) > after) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** Listens to its signal once for as long as it follows: listeners of every wait would cost more than the event. */
class LogFollower {
  readonly #waiting: Set<LogFollower>
  readonly #signal: AbortSignal
  readonly #onAbort = () => {
    this.#over = true
    this.wake()
  }
  #over: boolean
  #goOn: (() => void) | undefined

  constructor(waiting: Set<LogFollower>, signal: AbortSignal) {
    this.#waiting = waiting
    this.#signal = signal
    this.#over = signal.aborted
    signal.addEventListener('abort', this.#onAbort)
  }

  /** Whether the signal has fired. */
  get over(): boolean {
    return this.#over
  }

  /** Resolves at the next event, at `RunLog.wake`, or when the signal fires. */
  next(): Promise<void> {
    if (this.#over) return Promise.resolve()
    this.#waiting.add(this)
    return new Promise((resolve) => {
      this.#goOn = resolve
    })
  }

  wake(): void {
    this.#waiting.delete(this)
    this.#goOn?.()
  }

  leave(): void {
    this.#waiting.delete(this)
    this.#signal.removeEventListener('abort', this.#onAbort)
  }
}
