import 'server-only'
import { areNeighbours, isDelta } from '@/shared/stream/merge-deltas'
import type { RunEnd, StreamChunk, StreamEvent } from '@/shared/stream/stream-event'

/** About what an event costs beside its text: the objects that hold it. */
const eventBytes = 160
const offsetBytes = 8

/** Joined deltas get no longer than this, in characters: a reader gets an entry in one piece. */
const joinedLengthMax = 64 * 1024

/**
 * One event, or several neighbouring deltas joined. A joined entry remembers where each delta ended, so that a reader
 * standing between two of them still gets exactly the rest.
 */
type Entry = { firstSeq: number; event: StreamEvent; ends?: number[] }

/** The events of one run in memory, in order, with those who wait for the next one. */
export class RunLog {
  readonly cancellation = new AbortController()
  seq = 0
  bytes = 0
  end: RunEnd | undefined
  #entries: Entry[] = []
  #waiting = new Set<() => void>()
  #compactAt: number

  constructor(bytesMax: number) {
    this.#compactAt = bytesMax
  }

  append(chunk: StreamChunk): number {
    this.#push({ seq: ++this.seq, chunk }, sizeOf(chunk))
    if (this.bytes > this.#compactAt) this.compact()
    return this.seq
  }

  close(end: RunEnd): void {
    this.end = end
    this.#push({ seq: ++this.seq, end }, eventBytes)
  }

  /** The events behind `after`, at least one if there is any, up to about `bytesMax` of them. */
  eventsAfter(after: number, bytesMax: number): StreamEvent[] {
    const events: StreamEvent[] = []
    let bytes = 0
    for (let index = this.#indexBehind(after); index < this.#entries.length; index++) {
      const entry = this.#entries[index]
      if (!entry || (bytes >= bytesMax && events.length > 0)) break
      events.push(restOf(entry, after))
      bytes +=
        'chunk' in entry.event && isDelta(entry.event.chunk)
          ? entry.event.chunk.delta.length
          : eventBytes
    }
    return events
  }

  /** Resolves at the next event, or when `signal` fires. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      if (signal.aborted) return resolve()
      this.#waiting.add(wake)
      signal.addEventListener('abort', wake)
    })
  }

  /** Joins neighbouring deltas in place. The next time comes when the log has doubled, so the cost stays linear. */
  compact(): void {
    const groups: Entry[][] = []
    let length = 0
    for (const entry of this.#entries) {
      const group = groups.at(-1)
      length += deltaOf(entry).length
      if (group?.[0] && joinable(group[0], entry) && length <= joinedLengthMax) {
        group.push(entry)
      } else {
        groups.push([entry])
        length = deltaOf(entry).length
      }
    }
    this.#entries = groups.map(join)
    this.bytes = this.#entries.reduce((sum, entry) => sum + sizeOfEntry(entry), 0)
    this.#compactAt = Math.max(this.#compactAt, this.bytes * 2)
  }

  #push(event: StreamEvent, bytes: number): void {
    this.#entries.push({ firstSeq: event.seq, event })
    this.bytes += bytes
    for (const wake of [...this.#waiting]) wake()
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

function sizeOf(chunk: StreamChunk): number {
  return eventBytes + (isDelta(chunk) ? chunk.delta.length * 2 : JSON.stringify(chunk).length * 2)
}

function sizeOfEntry({ event, ends }: Entry): number {
  return ('chunk' in event ? sizeOf(event.chunk) : eventBytes) + (ends?.length ?? 0) * offsetBytes
}

function joinable(left: Entry, right: Entry): boolean {
  return (
    'chunk' in left.event &&
    'chunk' in right.event &&
    areNeighbours(left.event.chunk, right.event.chunk)
  )
}

function join(group: Entry[]): Entry {
  const [first, last] = [group[0], group.at(-1)]
  if (!first || !last) throw new Error('There is nothing to join.')
  if (first === last) return first
  const ends: number[] = []
  let length = 0
  for (const entry of group) {
    const delta = deltaOf(entry)
    for (const end of entry.ends ?? [delta.length]) ends.push(length + end)
    length += delta.length
  }
  return { firstSeq: first.firstSeq, event: withDelta(last, group.map(deltaOf).join('')), ends }
}

function restOf(entry: Entry, after: number): StreamEvent {
  const end = entry.ends?.[after - entry.firstSeq]
  return end === undefined ? entry.event : withDelta(entry, deltaOf(entry).slice(end))
}

function deltaOf({ event }: Entry): string {
  return 'chunk' in event && isDelta(event.chunk) ? event.chunk.delta : ''
}

function withDelta({ event }: Entry, delta: string): StreamEvent {
  if (!('chunk' in event) || !isDelta(event.chunk)) return event
  return { seq: event.seq, chunk: { ...event.chunk, delta } }
}
