import 'server-only'
import type { RunRow } from '../db/run-row'
import { UpstreamDetached } from '../models/background-response'
import type { Services } from '../services'
import { isStreamLogError, type StreamLogWriter } from '../stream-log/stream-log'

/**
 * Why a run ends before its model does: a reader stopped it; another process has it; its chat is gone, or another process
 * has ended it; this process leaves; it has taken as long as it may.
 */
export type EndingCause = 'stopped' | 'taken' | 'unwanted' | 'leaving' | 'deadline'

/** All that can end a run before its model does (docs/protocol.md § 1, rule 1). */
export class RunEnding {
  /** For the provider. Its reason tells one that writes on by itself whether another process wants the rest. */
  readonly signal: AbortSignal
  readonly #services: Services
  readonly #run: RunRow
  readonly #writer: AbortSignal
  readonly #deadline: AbortSignal | undefined
  readonly #lost = new AbortController()
  #lostBy: EndingCause | undefined

  constructor({
    services,
    run,
    writer,
  }: {
    services: Services
    run: RunRow
    writer: StreamLogWriter
  }) {
    const { activeRuns, runMsMax } = services
    this.#services = services
    this.#run = run
    this.#writer = writer.signal
    this.#deadline = runMsMax === undefined ? undefined : AbortSignal.timeout(runMsMax)
    this.signal = this.#forProvider(
      AbortSignal.any([
        this.#writer,
        this.#lost.signal,
        activeRuns.shutdownSignal,
        ...(this.#deadline ? [this.#deadline] : []),
      ]),
    )
  }

  get cause(): EndingCause | undefined {
    if (this.#writer.aborted)
      return isStreamLogError(this.#writer.reason, 'WriterLostError') ? 'taken' : 'stopped'
    if (this.#lostBy) return this.#lostBy
    if (this.#services.activeRuns.shutdownSignal.aborted) return 'leaving'
    return this.#deadline?.aborted ? 'deadline' : undefined
  }

  /** To be called when the database no longer takes what this process writes of the run. */
  async lose(): Promise<void> {
    const { db, instance } = this.#services
    const run = await db.runs.find({ runId: this.#run.id }).catch(() => undefined)
    if (run?.status === 'running' && run.instance !== instance) this.#lostBy = 'taken'
    else this.#lostBy = run?.stopRequested ? 'stopped' : 'unwanted'
    this.#lost.abort()
  }

  #forProvider(ended: AbortSignal): AbortSignal {
    const provider = new AbortController()
    ended.addEventListener('abort', () => {
      const isWanted = this.cause !== 'stopped' && this.cause !== 'unwanted'
      provider.abort(isWanted ? new UpstreamDetached() : new DOMException('Stopped', 'AbortError'))
    })
    return provider.signal
  }
}
