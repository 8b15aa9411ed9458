import 'server-only'
import { isEnd, type StreamEvent } from '@/shared/stream/stream-event'
import type { RunLog } from './run-log'
import { PositionLostError } from './stream-log'

/** What one read yields at most, in bytes, so that a long replay does not fill a slow reader's buffer. */
const batchBytesMax = 64 * 1024

export type ReadRunOptions = {
  runId: string
  after: number
  signal: AbortSignal
  /** May throw while there is nothing to read. */
  check?: () => void
}

/** Replay and live of a log in memory. Throws `PositionLostError` from a place that the log never had. */
export async function* readRun(
  log: RunLog,
  { runId, after, signal, check }: ReadRunOptions,
): AsyncGenerator<readonly StreamEvent[]> {
  const follower = log.follow(signal)
  let cursor = after
  try {
    while (!follower.over) {
      const batch = log.eventsAfter(cursor, batchBytesMax)
      const last = batch.at(-1)
      if (last) {
        if (isLost(log, cursor)) throw new PositionLostError(runId)
        cursor = last.seq
        yield batch
        if (isEnd(last)) return
      } else if (log.end) {
        return
      } else {
        check?.()
        await follower.next()
      }
    }
  } finally {
    follower.leave()
  }
}

function isLost({ lost }: RunLog, position: number): boolean {
  return lost !== undefined && position > lost.after && position < lost.before
}
