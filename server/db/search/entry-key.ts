import 'server-only'
import { createHash } from 'node:crypto'

/** Entries of one millisecond, so that the key of one made before 2109 is an exact number. */
const placesPerMs = 2048
const createdAtMax = Math.floor(Number.MAX_SAFE_INTEGER / placesPerMs) - placesPerMs

/**
 * The key of an entry tells when its message was written: the newest are read first, and a span of time is a span of
 * keys. The place within the millisecond is told by the ids; `attempt` names another where it is taken.
 */
export function entryKey(
  entry: { chatId: string; messageId: string | null; createdAt: number },
  attempt = 0,
): number {
  const name = `${entry.chatId}/${entry.messageId ?? ''}/${attempt}`
  const place = createHash('sha256').update(name).digest().readUInt16BE() % placesPerMs
  return firstKeyAt(entry.createdAt + attempt) + place
}

/** The lowest key of that time, which is above all keys of earlier ones. */
export function firstKeyAt(createdAt: number): number {
  return Math.min(Math.max(0, Math.trunc(createdAt)), createdAtMax) * placesPerMs
}

/** The keys of a span of time, of entries before a given one. */
export function keySpan({
  from,
  until,
  before,
}: {
  from?: number | undefined
  until?: number | undefined
  before?: number | undefined
}): { first: number; end: number } {
  const end = until === undefined ? Number.MAX_SAFE_INTEGER : firstKeyAt(until)
  return {
    first: from === undefined ? 0 : firstKeyAt(from),
    end: before === undefined ? end : Math.min(end, before),
  }
}
