import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import { UpstreamDetached } from '../models/background-response'

/**
 * The runs that this process is writing. A run is in here from before its row exists until after its end is saved, so a
 * `running` row of this process that is not in here belongs to a run that died.
 */
export class ActiveRuns {
  readonly #runs = new Map<string, Promise<unknown>>()
  readonly #leaving = new AbortController()
  readonly #shutdown = new AbortController()
  #draining = false

  /** Whether new runs are refused, because the process is about to leave. */
  get draining(): boolean {
    return this.#draining
  }

  /** Fires when readers are to go on at another instance. */
  get leavingSignal(): AbortSignal {
    return this.#leaving.signal
  }

  /**
   * Fires when the process is about to leave: runs save what they have and end as interrupted, or are left to another
   * process.
   */
  get shutdownSignal(): AbortSignal {
    return this.#shutdown.signal
  }

  has(runId: string): boolean {
    return this.#runs.has(runId)
  }

  /** Holds the run as active while `work` is under way. */
  hold<Result>(runId: string, work: () => Promise<Result>): Promise<Result> {
    const running = work().finally(() => this.#runs.delete(runId))
    this.#runs.set(runId, running)
    return running
  }

  /** Ends the streams of all readers without their marker, and refuses new ones, for instances that share their log. */
  sendReadersAway(): void {
    this.#leaving.abort(new DOMException('The server is shutting down.', 'AbortError'))
  }

  /** Gives the runs `graceMs` to finish by themselves, then tells them to end, and waits until they have saved. */
  async drain(graceMs: number): Promise<void> {
    this.#draining = true
    const allEnded = () => Promise.allSettled(this.#runs.values())
    await Promise.race([allEnded(), new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
    this.#shutdown.abort(new UpstreamDetached())
    await allEnded()
  }
}

export function shuttingDown(): AppError {
  return new AppError('shutting-down', 'The server is restarting. Try again in a moment.', {
    retryAfterSeconds: 1,
  })
}
