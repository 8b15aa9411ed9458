import 'server-only'
import type { StreamChunk } from '@/shared/stream/stream-event'

/** Readers want progress, not one event of megabytes: larger deltas are split (docs/protocol.md § 6, row 24). */
const deltaLengthMax = 64 * 1024

/** Cuts between code points, so that no piece ends in half a surrogate pair. */
export function splitDelta(chunk: StreamChunk): StreamChunk[] {
  if (!('delta' in chunk) || chunk.delta.length <= deltaLengthMax) return [chunk]
  const pieces: StreamChunk[] = []
  for (let start = 0; start < chunk.delta.length;) {
    const end = start + deltaLengthMax
    const splitsPair = /[\ud800-\udbff]/.test(chunk.delta.charAt(end - 1))
    const cut = splitsPair ? end - 1 : end
    pieces.push({ ...chunk, delta: chunk.delta.slice(start, cut) })
    start = cut
  }
  return pieces
}
