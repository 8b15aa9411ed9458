import type { StreamChunk, StreamEvent } from './stream-event'

type DeltaChunk = Extract<StreamChunk, { type: 'text-delta' | 'reasoning-delta' }>

/** Whether two chunks are deltas of one part, so that one may be appended to the other. */
export function areNeighbours(left: StreamChunk, right: StreamChunk): boolean {
  return isDelta(left) && isDelta(right) && left.type === right.type && left.id === right.id
}

export function isDelta(chunk: StreamChunk): chunk is DeltaChunk {
  return (
    (chunk.type === 'text-delta' || chunk.type === 'reasoning-delta') && !chunk.providerMetadata
  )
}

/**
 * Joins neighbouring deltas of one part, for a replay. A joined event carries the last `seq` it covers, so a reader that
 * saw it goes on behind all of them (docs/protocol.md § 2). Linear in the events and in their text.
 */
export function mergeDeltas(events: readonly StreamEvent[]): StreamEvent[] {
  const merged: StreamEvent[] = []
  let open: { seq: number; chunk: DeltaChunk; deltas: string[] } | undefined

  const closeOpen = () => {
    if (open) merged.push({ seq: open.seq, chunk: { ...open.chunk, delta: open.deltas.join('') } })
    open = undefined
  }

  for (const event of events) {
    const chunk = 'chunk' in event ? event.chunk : undefined
    if (open && chunk && isDelta(chunk) && areNeighbours(open.chunk, chunk)) {
      open.seq = event.seq
      open.deltas.push(chunk.delta)
      continue
    }
    closeOpen()
    if (chunk && isDelta(chunk)) open = { seq: event.seq, chunk, deltas: [chunk.delta] }
    else merged.push(event)
  }
  closeOpen()
  return merged
}
