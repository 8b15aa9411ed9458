import 'server-only'

export type SilenceLimits = {
  /** Until the first text or reasoning. */
  firstTokenMs: number
  /** Between two parts of the answer. */
  betweenChunksMs: number
  /** Between two parts while the model reasons. */
  whileReasoningMs: number
}

export class SilenceError extends Error {
  constructor(waitedMs: number) {
    super(`The model has sent nothing for ${Math.round(waitedMs / 1000)} s.`)
    this.name = 'SilenceError'
  }
}

/**
 * Fires its signal when the upstream is silent for too long (docs/protocol.md § 5). One timer that looks at the time of
 * the last sign of life, instead of one set and cleared for every token.
 */
export class Watchdog {
  readonly #silence = new AbortController()
  readonly #limits: SilenceLimits
  #limitMs: number
  #heardAt = performance.now()
  #timer: NodeJS.Timeout | undefined

  constructor(limits: SilenceLimits) {
    this.#limits = limits
    this.#limitMs = limits.firstTokenMs
    this.#arm(this.#limitMs)
  }

  get signal(): AbortSignal {
    return this.#silence.signal
  }

  heard(phase: 'reasoning' | 'text'): void {
    this.#heardAt = performance.now()
    const limitMs =
      phase === 'reasoning' ? this.#limits.whileReasoningMs : this.#limits.betweenChunksMs
    if (limitMs === this.#limitMs) return
    this.#limitMs = limitMs
    this.#arm(limitMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #arm(delayMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#look(), delayMs)
  }

  #look(): void {
    const silentMs = performance.now() - this.#heardAt
    if (silentMs >= this.#limitMs) this.#silence.abort(new SilenceError(silentMs))
    else this.#arm(this.#limitMs - silentMs)
  }
}
