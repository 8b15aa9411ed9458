import 'server-only'
import type { RunErrorCode } from '@/shared/errors/run-error'
import type { RunEnd } from '@/shared/stream/stream-event'

/** What the server counts of itself for those who run it. Nothing here is called per token. */
export interface Metrics {
  runStarted(): void
  runEnded(end: { status: RunEnd; durationMs: number; firstTokenMs?: number }): void
  /** Left without an end, for another process to go on with. */
  runLeft(): void
  /** One try of the model that failed, whether or not it was tried again. */
  upstreamError(code: RunErrorCode): void
  /** A reader of a run, or of a user's live events, until it is `closed`. `resumed`: it had read before. */
  readerOpened(kind: ReaderKind, options: { resumed: boolean }): { closed(): void }
  readerDropped(reason: DropReason): void
  /** A writer has lost its right to write to another instance, or to time. */
  leaseLost(): void
  /** A spell in which the stream log did not take what it was given: each counts once, however long. */
  streamLogFault(kind: StreamLogFault): void
  checkpointFailed(): void
  /** All of it in Prometheus' text format. */
  expose(): Promise<{ contentType: string; text: string }>
}

export type ReaderKind = 'run' | 'events'

/** `stalled`: has taken nothing for too long. `behind`: more has piled up for it than is kept. */
export type DropReason = 'stalled' | 'behind'

export type StreamLogFault = 'unreachable' | 'refused' | 'data-lost'
