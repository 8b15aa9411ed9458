import 'server-only'

export type CheckpointerOptions = {
  /** Stores what there is so far. False when the run is no longer ours to write. */
  save: () => Promise<boolean>
  /** Says that the run is alive, when there is nothing new to store. */
  heartbeat: () => Promise<boolean>
  onLost: () => void
  onError: (error: unknown) => void
}

const intervalMs = 1000
const charactersMax = 2048
const spacingMs = 250
const heartbeatTicks = 3

/**
 * Stores an answer while it is written: every second, or after 2 KB but not more than four times a second, one save at a
 * time (docs/protocol.md § 3). A process that dies loses at most what came since.
 */
export class Checkpointer {
  readonly #options: CheckpointerOptions
  readonly #timer = setInterval(() => this.#tick(), intervalMs)
  #unsaved = 0
  #quietTicks = 0
  #savedAt = 0
  #saving: Promise<void> | undefined

  constructor(options: CheckpointerOptions) {
    this.#options = options
  }

  note(characters: number): void {
    this.#unsaved += characters
    if (this.#unsaved >= charactersMax && performance.now() - this.#savedAt >= spacingMs)
      this.#store(this.#options.save)
  }

  /** No save is under way once this resolves, and none comes after it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#saving
  }

  #tick(): void {
    this.#quietTicks = this.#unsaved > 0 ? 0 : this.#quietTicks + 1
    if (this.#unsaved > 0) this.#store(this.#options.save)
    else if (this.#quietTicks % heartbeatTicks === 0) this.#store(this.#options.heartbeat)
  }

  #store(write: () => Promise<boolean>): void {
    if (this.#saving) return
    this.#unsaved = 0
    this.#savedAt = performance.now()
    this.#saving = write()
      .then((ours) => {
        if (!ours) this.#options.onLost()
      })
      .catch(this.#options.onError)
      .finally(() => {
        this.#saving = undefined
      })
  }
}
