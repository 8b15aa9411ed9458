import 'server-only'
import type { RunEnd, StreamChunk, StreamEvent } from '@/shared/stream/stream-event'

/** The ordered events of each run (docs/protocol.md § 3): the one order that every reader sees. */
export interface StreamLog {
  /** Whether other instances can read what is written here. */
  readonly shared: boolean

  /** Begins the log of a run; nothing when it exists already, so that a run has one writer. */
  open(runId: string): Promise<StreamLogWriter | undefined>

  /** Sits down in the place of a writer that is gone, behind what it wrote; one of those who try gets it. */
  takeOver(runId: string): Promise<TakeOver>

  /**
   * Replay from behind `after` and then live, in batches of what is there, up to the event that ends the run. Ends early
   * when `signal` fires. Throws `UnknownRunError` when there is no such log, or no longer, and `WriterGoneError` when
   * nothing more will come because its writer died: after `takeOver` by anybody, reading on from the same place works;
   * except from a place that the log never had, which throws `PositionLostError`.
   */
  read(
    runId: string,
    options: { after: number; signal: AbortSignal },
  ): AsyncIterable<readonly StreamEvent[]>

  /** The newest position and, once there is one, the end; nothing when there is no such log. */
  head(runId: string): Promise<LogHead | undefined>

  /** Asks the writer to stop, from anywhere. False when the run has ended or is not known. */
  cancel(runId: string): Promise<boolean>

  /**
   * Deletes the log of a run that has ended, wherever it is, before its time. A reader that has not read all of it finds
   * no such log.
   */
  forget(runId: string): Promise<void>

  /** What this process holds in memory. */
  size(): LogSize

  /** Resolves when the log can be reached; rejects when it can't. */
  ping(): Promise<void>

  close(): Promise<void>
}

export type LogHead = {
  seq: number
  end?: RunEnd
  /** Positions in between were seen by readers of a writer that died before the log had them. */
  lost?: { after: number; before: number }
}

export type LogSize = { runs: number; bytes: number }

export type TakeOver =
  /**
   * `events` is everything that was written before. To end the run rather than to go on with it as it was, call
   * `discardUnseen` first: readers that saw more than the log has must not read on, but load what is kept.
   */
  | {
      status: 'taken'
      writer: StreamLogWriter
      events: readonly StreamEvent[]
      discardUnseen: () => Promise<void>
    }
  /** Its writer lives. */
  | { status: 'held' }
  /** It has its end: somebody else was quicker. */
  | { status: 'ended' }
  /** There is no such log, or no longer. */
  | { status: 'none' }

export interface StreamLogWriter {
  /**
   * Fires when the run is cancelled, or with a `WriterLostError` as the reason when this writer has lost its right to
   * write.
   */
  readonly signal: AbortSignal
  /** Adds a chunk and returns its position; waits for no reader and no network. */
  append(chunk: StreamChunk): number
  /** Resolves when everything appended so far is where other instances can read it. */
  flush(): Promise<void>
  /** Adds the end. Later appends throw. */
  close(end: RunEnd): Promise<void>
  /** Leaves the run, without an end, to whoever takes it over. Nothing may be appended any more. */
  release(): Promise<void>
}

/** A writer for one who begins again at the first event, of which the log has all up to `written`: these are dropped. */
export function writerBehind(writer: StreamLogWriter, written: number): StreamLogWriter {
  let seq = 0
  return {
    signal: writer.signal,
    append(chunk) {
      seq += 1
      return seq > written ? writer.append(chunk) : seq
    },
    flush: () => writer.flush(),
    close: (end) => writer.close(end),
    release: () => writer.release(),
  }
}

export class UnknownRunError extends Error {
  constructor(runId: string) {
    super(`There is no stream log of run ${runId}, or no longer.`)
    this.name = 'UnknownRunError'
  }
}

export class WriterGoneError extends Error {
  constructor(runId: string) {
    super(`The writer of run ${runId} is gone.`)
    this.name = 'WriterGoneError'
  }
}

export class WriterLostError extends Error {
  constructor(runId: string) {
    super(`Run ${runId} belongs to another writer now.`)
    this.name = 'WriterLostError'
  }
}

export class PositionLostError extends Error {
  constructor(runId: string) {
    super(`The log of run ${runId} never had that position.`)
    this.name = 'PositionLostError'
  }
}

/** By name: Next bundles these classes once for the start and once for each route, and `instanceof` tells copies apart. */
export function isStreamLogError(
  error: unknown,
  name: 'UnknownRunError' | 'WriterGoneError' | 'WriterLostError' | 'PositionLostError',
): boolean {
  return error instanceof Error && error.name === name
}
