import 'server-only'

export type ReaderLimits = {
  /** A silence this long is filled with a comment. */
  keepAliveMs: number
  /** A reader that takes nothing for this long is let go, in whole steps of `keepAliveMs`. It may come back. */
  stalledMs: number
  /** How often it is asked whether the reader may still read. */
  recheckMs: number
}

export type ReaderWatchOptions = {
  limits: ReaderLimits
  /** Whether all that was offered is taken. */
  isWaiting: () => boolean
  mayRead: () => Promise<boolean>
  onSilence: () => void
  onStalled: () => void
  onRefused: () => void
}

/**
 * Looks after one open response: silence, a reader that does not read, a reader that no longer may. Two timers a reader
 * and none an event: a new timer for each token of each reader would cost more than the token.
 */
export class ReaderWatch {
  readonly #options: ReaderWatchOptions
  readonly #quiet: NodeJS.Timeout
  readonly #recheck: NodeJS.Timeout
  #stalledForMs = 0
  #closed = false

  constructor(options: ReaderWatchOptions) {
    this.#options = options
    this.#quiet = setTimeout(() => this.#onQuiet(), options.limits.keepAliveMs)
    this.#recheck = setTimeout(() => void this.#onRecheck(), options.limits.recheckMs)
  }

  /** To be told whenever the reader is offered something. */
  offered(): void {
    this.#stalledForMs = 0
    this.#quiet.refresh()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#quiet)
    clearTimeout(this.#recheck)
  }

  #onQuiet(): void {
    const { limits, isWaiting, onSilence, onStalled } = this.#options
    if (isWaiting()) {
      this.#stalledForMs = 0
      onSilence()
    } else {
      this.#stalledForMs += limits.keepAliveMs
      if (this.#stalledForMs >= limits.stalledMs) return onStalled()
    }
    this.#quiet.refresh()
  }

  async #onRecheck(): Promise<void> {
    const mayRead = await this.#options.mayRead()
    if (this.#closed) return
    if (mayRead) this.#recheck.refresh()
    else this.#options.onRefused()
  }
}
