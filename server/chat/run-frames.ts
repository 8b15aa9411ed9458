import 'server-only'
import { encodeEvent, encodeUnnumbered } from '@/shared/stream/encode-event'
import { runKeyOf } from '@/shared/stream/event-id'
import { mergeDeltas } from '@/shared/stream/merge-deltas'
import type { StreamEvent, UnnumberedEvent } from '@/shared/stream/stream-event'
import type { EventBatches } from './run-events'

/** From this many events on a batch is a replay: joining its deltas is then worth more than sharing encoded events. */
const replayEventsMin = 32

/** So many events or more are kept encoded, of all runs together: those that readers are at just now. */
const encodedEventsMax = 2048
/** Joined deltas are long, and most of them read once. In bytes. */
const encodedLengthMax = 4096

/**
 * Live events are the same objects for every reader in the process, so each is encoded once, however many read it. In
 * two generations, because a log keeps its events for minutes and their encodings would take more than they do.
 */
let newerEvents = new WeakMap<StreamEvent, Uint8Array>()
let olderEvents = newerEvents
let newerCount = 0

/** The events of a run, encoded, one write for what is there at a time. */
export async function* runFrames(runId: string, batches: EventBatches): AsyncGenerator<Uint8Array> {
  const runKey = runKeyOf(runId)
  for await (const batch of batches) {
    if (batch.length < replayEventsMin)
      yield joined(batch.map((event) => encodedOnce(runKey, event)))
    else
      yield Buffer.from(
        mergeDeltas(batch)
          .map((event) => encodeEvent(runKey, event))
          .join(''),
      )
  }
}

/** Events made from a stored answer, encoded. */
export async function* storedFrames(
  batches: AsyncIterable<readonly UnnumberedEvent[]>,
): AsyncGenerator<Uint8Array> {
  for await (const batch of batches) yield Buffer.from(batch.map(encodeUnnumbered).join(''))
}

function encodedOnce(runKey: string, event: StreamEvent): Uint8Array {
  const known = newerEvents.get(event) ?? olderEvents.get(event)
  if (known) return known
  const encoded = Buffer.from(encodeEvent(runKey, event))
  if (encoded.length <= encodedLengthMax) keep(event, encoded)
  return encoded
}

function keep(event: StreamEvent, encoded: Uint8Array): void {
  if (newerCount === encodedEventsMax) {
    olderEvents = newerEvents
    newerEvents = new WeakMap()
    newerCount = 0
  }
  newerEvents.set(event, encoded)
  newerCount += 1
}

function joined(frames: Uint8Array[]): Uint8Array {
  return frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames)
}
