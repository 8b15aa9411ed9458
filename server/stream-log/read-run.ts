import 'server-only'
import { isEnd, type StreamEvent } from '@/shared/stream/stream-event'
import type { RunLog } from './run-log'

/** What one read yields at most, in bytes, so that a long replay does not fill a slow reader's buffer. */
const batchBytesMax = 64 * 1024

/** Replay and live of a log in memory. `check` may throw while there is nothing to read. */
export async function* readRun(
  log: RunLog,
  { after, signal, check }: { after: number; signal: AbortSignal; check?: () => void },
): AsyncGenerator<readonly StreamEvent[]> {
  let cursor = after
  while (!signal.aborted) {
    const batch = log.eventsAfter(cursor, batchBytesMax)
    const last = batch.at(-1)
    if (last) {
      cursor = last.seq
      yield batch
      if (isEnd(last)) return
    } else if (log.end) {
      return
    } else {
      check?.()
      await log.next(signal)
    }
  }
}
