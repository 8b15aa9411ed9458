import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { StreamEvent } from '@/shared/stream/stream-event'
import type { Services } from '../services'
import { isStreamLogError } from '../stream-log/stream-log'
import { settleRun } from './settle-runs'

export type EventBatches = AsyncIterable<readonly StreamEvent[]>

/** A writer that cannot reach the log but says elsewhere that it lives is looked for again after this long. */
const lookAgainMs = 500

/**
 * The events of a run behind `after`, up to its end. A reader that finds the writer dead settles the run and reads the
 * end that it has then. Ends without an end event when `signal` fires, or when the log itself is lost.
 */
export async function* runEvents(
  services: Services,
  { runId, after, signal }: { runId: string; after: number; signal: AbortSignal },
): AsyncGenerator<readonly StreamEvent[]> {
  let cursor = after
  while (!signal.aborted) {
    try {
      for await (const batch of services.streamLog.read(runId, { after: cursor, signal })) {
        cursor = batch.at(-1)?.seq ?? cursor
        yield batch
      }
      return
    } catch (error) {
      // Cut here, the reader comes back with its position and is told to load the messages (follow-run.ts).
      if (isStreamLogError(error, 'PositionLostError')) return
      if (!isStreamLogError(error, 'WriterGoneError')) throw error
    }
    const run = await services.db.runs.find({ runId })
    if (!run) return
    const settled = await settleRun(services, run)
    if (settled === 'log-lost') return
    if (settled === 'alive') await delay(lookAgainMs, undefined, { signal }).catch(() => undefined)
  }
}
