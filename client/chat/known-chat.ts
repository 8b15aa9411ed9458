import type { ChatDetail } from '@/shared/chat/chat-summary'

/** What is heard of a chat: a run in it, and when it changed by the server's clock. */
export type ChatChange = { runId?: string | null; updatedAt?: number }

/** What a session knows of its chat at the server, by which it tells news from what it has seen itself. */
export class KnownChat {
  /** A run that the server named before anybody watched. */
  awaitedRunId: string | null = null
  /** A run that writes on a branch which is not shown. */
  elsewhereRunId: string | null = null
  /** Something has changed that nobody was there to see. */
  isStale = false
  readonly #endedRunIds = new Set<string>()
  #updatedAt = 0
  #heardWhileBusy: ChatChange | undefined

  constructor(seed: ChatDetail | undefined) {
    if (!seed) return
    const { activeRunId, activeElsewhere, updatedAt } = seed
    this.#updatedAt = updatedAt
    if (activeElsewhere) this.elsewhereRunId = activeRunId
    else this.awaitedRunId = activeRunId
  }

  isNews({ runId, updatedAt = 0 }: ChatChange): boolean {
    const sawRun = !runId || this.hasEnded(runId) || this.awaitedRunId === runId
    return !sawRun || updatedAt > this.#updatedAt
  }

  /** A page rendered before, or during, a run that has ended here since. */
  isOutdated({ activeRunId, updatedAt }: ChatDetail): boolean {
    return (activeRunId !== null && this.hasEnded(activeRunId)) || updatedAt < this.#updatedAt
  }

  hasEnded(runId: string): boolean {
    return this.#endedRunIds.has(runId)
  }

  noteEnded(runId: string): void {
    this.#endedRunIds.add(runId)
  }

  noteUpdate(updatedAt: number): void {
    this.#updatedAt = Math.max(this.#updatedAt, updatedAt)
  }

  /** A stream is held from now on, whichever run it is. */
  noteTurn(): void {
    this.awaitedRunId = null
    this.elsewhereRunId = null
  }

  take({ activeRunId, activeElsewhere, updatedAt }: ChatDetail): void {
    this.noteUpdate(updatedAt)
    this.isStale = false
    this.elsewhereRunId = activeElsewhere ? activeRunId : null
  }

  /** The next run may be told of before the stream of this one has ended. */
  keepForLater(change: ChatChange): void {
    this.#heardWhileBusy = { ...this.#heardWhileBusy, ...change }
  }

  takeKept(): ChatChange | undefined {
    const kept = this.#heardWhileBusy
    this.#heardWhileBusy = undefined
    return kept
  }
}
