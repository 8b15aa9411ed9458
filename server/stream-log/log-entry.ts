import 'server-only'
import { areNeighbours, isDelta } from '@/shared/stream/merge-deltas'
import type { StreamChunk, StreamEvent } from '@/shared/stream/stream-event'

/**
 * One event, or several neighbouring deltas joined. A joined entry remembers where each delta ended, so that a reader
 * standing between two of them still gets exactly the rest. Plain JSON: it travels between instances as it stands.
 */
export type LogEntry = { firstSeq: number; event: StreamEvent; ends?: number[] }

/** About what an event costs beside its text: the objects that hold it. */
export const eventBytes = 160
const offsetBytes = 8

/** Joined deltas get no longer than this, in characters: a reader gets an entry in one piece. */
const joinedLengthMax = 64 * 1024

/** About how much memory the entry takes, in bytes. */
export function sizeOfEntry({ event, ends }: LogEntry): number {
  return (
    ('chunk' in event ? sizeOfChunk(event.chunk) : eventBytes) + (ends?.length ?? 0) * offsetBytes
  )
}

/** Joins neighbouring deltas, in order. Linear in the entries and in their text. */
export function joinEntries(entries: readonly LogEntry[]): LogEntry[] {
  if (entries.length === 1) return [...entries]
  const groups: LogEntry[][] = []
  let length = 0
  for (const entry of entries) {
    const group = groups.at(-1)
    length += deltaOf(entry).length
    if (group?.[0] && joinable(group[0], entry) && length <= joinedLengthMax) {
      group.push(entry)
    } else {
      groups.push([entry])
      length = deltaOf(entry).length
    }
  }
  return groups.map(join)
}

/** What of the entry lies behind `after`; the entry itself when all of it does. */
export function restOfEntry(entry: LogEntry, after: number): LogEntry {
  const index = after - entry.firstSeq
  const cut = entry.ends?.[index]
  if (cut === undefined || !entry.ends) return entry
  return {
    firstSeq: after + 1,
    event: withDelta(entry, deltaOf(entry).slice(cut)),
    ends: entry.ends.slice(index + 1).map((end) => end - cut),
  }
}

/** As `restOfEntry`, for a reader that needs no more than the event. */
export function restOfEvent(entry: LogEntry, after: number): StreamEvent {
  const cut = entry.ends?.[after - entry.firstSeq]
  return cut === undefined ? entry.event : withDelta(entry, deltaOf(entry).slice(cut))
}

export function deltaOf({ event }: LogEntry): string {
  return 'chunk' in event && isDelta(event.chunk) ? event.chunk.delta : ''
}

function sizeOfChunk(chunk: StreamChunk): number {
  return eventBytes + (isDelta(chunk) ? chunk.delta.length * 2 : JSON.stringify(chunk).length * 2)
}

function joinable(left: LogEntry, right: LogEntry): boolean {
  return (
    'chunk' in left.event &&
    'chunk' in right.event &&
    areNeighbours(left.event.chunk, right.event.chunk) &&
    hasEveryEnd(left) &&
    hasEveryEnd(right)
  )
}

/** False for the one event that stands for positions nobody has (`RunLog.skipTo`): there is nothing to cut it at. */
function hasEveryEnd({ firstSeq, event, ends }: LogEntry): boolean {
  return event.seq - firstSeq + 1 === (ends?.length ?? 1)
}

function join(group: LogEntry[]): LogEntry {
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

function withDelta({ event }: LogEntry, delta: string): StreamEvent {
  if (!('chunk' in event) || !isDelta(event.chunk)) return event
  return { seq: event.seq, chunk: { ...event.chunk, delta } }
}
