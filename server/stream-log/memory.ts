import 'server-only'
import { isEnd } from '@/shared/stream/stream-event'
import { RunLog } from './run-log'
import { UnknownRunError, type StreamLog, type StreamLogWriter } from './stream-log'

export type MemoryStreamLogOptions = {
  /** How long a log can be read after its end, so that a reader that was cut off finds the rest. */
  keptAfterEndMs?: number
  /** Above this a run's neighbouring deltas are joined in place. */
  runBytesMax?: number
  /** Above this the oldest ended logs go, then the living ones are joined. */
  totalBytesMax?: number
}

/** What one read yields at most, in bytes, so that a long replay does not fill a slow reader's buffer. */
const batchBytesMax = 64 * 1024

/** The stream log of one process: every run an array, every reader a position in it. */
export function createMemoryStreamLog({
  keptAfterEndMs = 5 * 60_000,
  runBytesMax = 4 * 1024 * 1024,
  totalBytesMax = 256 * 1024 * 1024,
}: MemoryStreamLogOptions = {}): StreamLog {
  const runs = new Map<string, RunLog>()

  return {
    open(runId) {
      if (runs.has(runId)) return Promise.resolve(undefined)
      const run = new RunLog(runBytesMax)
      runs.set(runId, run)
      shrink(runs, totalBytesMax)
      return Promise.resolve(writerOf(run, () => forgetLater(runs, runId, keptAfterEndMs)))
    },
    read(runId, { after, signal }) {
      const run = runs.get(runId)
      if (!run) throw new UnknownRunError(runId)
      return readRun(run, after, signal)
    },
    head(runId) {
      const run = runs.get(runId)
      return Promise.resolve(run && { seq: run.seq, ...(run.end && { end: run.end }) })
    },
    cancel(runId) {
      const run = runs.get(runId)
      if (!run || run.end) return Promise.resolve(false)
      run.cancellation.abort(new DOMException('The run was stopped.', 'AbortError'))
      return Promise.resolve(true)
    },
  }
}

async function* readRun(run: RunLog, after: number, signal: AbortSignal) {
  let cursor = after
  while (!signal.aborted) {
    const batch = run.eventsAfter(cursor, batchBytesMax)
    const last = batch.at(-1)
    if (last) {
      cursor = last.seq
      yield batch
      if (isEnd(last)) return
    } else if (run.end) {
      return
    } else {
      await run.next(signal)
    }
  }
}

function writerOf(run: RunLog, onClosed: () => void): StreamLogWriter {
  return {
    signal: run.cancellation.signal,
    append(chunk) {
      if (run.end) throw new Error('The run has ended; nothing can be appended to its log.')
      return run.append(chunk)
    },
    flush: () => Promise.resolve(),
    close(end) {
      if (!run.end) {
        run.close(end)
        onClosed()
      }
      return Promise.resolve()
    },
  }
}

function forgetLater(runs: Map<string, RunLog>, runId: string, delayMs: number): void {
  setTimeout(() => runs.delete(runId), delayMs).unref()
}

function shrink(runs: Map<string, RunLog>, totalBytesMax: number): void {
  let total = 0
  for (const { bytes } of runs.values()) total += bytes
  for (const [runId, run] of runs) {
    if (total <= totalBytesMax) return
    if (!run.end) continue
    runs.delete(runId)
    total -= run.bytes
  }
  if (total > totalBytesMax) for (const run of runs.values()) run.compact()
}
