import 'server-only'
import type { LogSize } from './stream-log'
import type { RunLog } from './run-log'

export type RunShelfOptions = {
  /** How long a log can be read after its end, so that a reader that was cut off finds the rest. */
  keptAfterEndMs: number
  /** Above this the oldest ended logs go, then the living ones are joined. */
  totalBytesMax: number
}

/** The logs that one process holds in memory, within bounds. */
export class RunShelf<Held extends { log: RunLog }> {
  readonly #held = new Map<string, Held>()
  readonly #options: RunShelfOptions

  constructor(options: RunShelfOptions) {
    this.#options = options
  }

  get(runId: string): Held | undefined {
    return this.#held.get(runId)
  }

  put(runId: string, held: Held): void {
    this.#held.set(runId, held)
    this.#shrink()
  }

  remove(runId: string): void {
    this.#held.delete(runId)
  }

  forgetLater(runId: string): void {
    const held = this.#held.get(runId)
    const forget = () => {
      if (this.#held.get(runId) === held) this.#held.delete(runId)
    }
    setTimeout(forget, this.#options.keptAfterEndMs).unref()
  }

  values(): IterableIterator<Held> {
    return this.#held.values()
  }

  size(): LogSize {
    let bytes = 0
    for (const { log } of this.#held.values()) bytes += log.bytes
    return { runs: this.#held.size, bytes }
  }

  #shrink(): void {
    const { totalBytesMax } = this.#options
    let total = this.size().bytes
    for (const [runId, { log }] of this.#held) {
      if (total <= totalBytesMax) return
      if (!log.end) continue
      this.#held.delete(runId)
      total -= log.bytes
    }
    if (total > totalBytesMax) for (const { log } of this.#held.values()) log.compact()
  }
}
