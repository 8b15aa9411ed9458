import 'server-only'
import { readRun } from './read-run'
import { RunLog } from './run-log'
import { RunShelf, type RunShelfOptions } from './run-shelf'
import { UnknownRunError, type StreamLog, type StreamLogWriter } from './stream-log'

export type MemoryStreamLogOptions = Partial<RunShelfOptions> & {
  /** Above this a run's neighbouring deltas are joined in place. */
  runBytesMax?: number
}

type HeldRun = { log: RunLog; cancellation: AbortController }

/** The stream log of one process: every run an array, every reader a position in it. */
export function createMemoryStreamLog({
  keptAfterEndMs = 5 * 60_000,
  runBytesMax,
  totalBytesMax = 256 * 1024 * 1024,
}: MemoryStreamLogOptions = {}): StreamLog {
  const runs = new RunShelf<HeldRun>({ keptAfterEndMs, totalBytesMax })

  return {
    shared: false,
    open(runId) {
      if (runs.get(runId)) return Promise.resolve(undefined)
      const run = { log: new RunLog(runBytesMax), cancellation: new AbortController() }
      runs.put(runId, run)
      return Promise.resolve(writerOf(run, () => runs.forgetLater(runId)))
    },
    takeOver(runId) {
      const run = runs.get(runId)
      if (!run) return Promise.resolve({ status: 'none' })
      return Promise.resolve({ status: run.log.end ? 'ended' : 'held' })
    },
    read(runId, options) {
      const run = runs.get(runId)
      if (!run) throw new UnknownRunError(runId)
      return readRun(run.log, { runId, ...options })
    },
    head(runId) {
      const log = runs.get(runId)?.log
      return Promise.resolve(log && { seq: log.seq, ...(log.end && { end: log.end }) })
    },
    cancel(runId) {
      const run = runs.get(runId)
      if (!run || run.log.end) return Promise.resolve(false)
      run.cancellation.abort(new DOMException('The run was stopped.', 'AbortError'))
      return Promise.resolve(true)
    },
    forget(runId) {
      runs.remove(runId)
      return Promise.resolve()
    },
    size: () => runs.size(),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}

function writerOf({ log, cancellation }: HeldRun, onClosed: () => void): StreamLogWriter {
  return {
    signal: cancellation.signal,
    append(chunk) {
      if (log.end) throw new Error('The run has ended; nothing can be appended to its log.')
      return log.append(chunk)
    },
    flush: () => Promise.resolve(),
    close(end) {
      if (!log.end) {
        log.close(end)
        onClosed()
      }
      return Promise.resolve()
    },
    // Nobody can take over what only this process has.
    release: () => Promise.resolve(),
  }
}
