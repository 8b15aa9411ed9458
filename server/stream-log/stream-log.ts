import 'server-only'
import type { RunEnd, StreamChunk, StreamEvent } from '@/shared/stream/stream-event'

/** The ordered events of each run (docs/protocol.md § 3): the one order that every reader sees. */
export interface StreamLog {
  /** Begins the log of a run; nothing when it exists already, so that a run has one writer. */
  open(runId: string): Promise<StreamLogWriter | undefined>

  /**
   * Replay from behind `after` and then live, in batches of what is there, up to the event that ends the run. Ends early
   * when `signal` fires. Throws `UnknownRunError` when there is no such log, or no longer.
   */
  read(
    runId: string,
    options: { after: number; signal: AbortSignal },
  ): AsyncIterable<readonly StreamEvent[]>

  /** The newest position and, once there is one, the end; nothing when there is no such log. */
  head(runId: string): Promise<LogHead | undefined>

  /** Asks the writer to stop, from anywhere. False when the run has ended or is not known. */
  cancel(runId: string): Promise<boolean>
}

export type LogHead = { seq: number; end?: RunEnd }

export interface StreamLogWriter {
  /** Fires when the run is cancelled, or when this writer has lost its right to write. */
  readonly signal: AbortSignal
  /** Adds a chunk and returns its position; waits for no reader and no network. */
  append(chunk: StreamChunk): number
  /** Resolves when everything appended so far is where other instances can read it. */
  flush(): Promise<void>
  /** Adds the end. Later appends throw. */
  close(end: RunEnd): Promise<void>
}

export class UnknownRunError extends Error {
  constructor(runId: string) {
    super(`There is no stream log of run ${runId}, or no longer.`)
    this.name = 'UnknownRunError'
  }
}
