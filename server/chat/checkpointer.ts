import 'server-only'
import { setImmediate as othersDone } from 'node:timers/promises'
import type { Database } from '../db/database'
import type { RunBeat, RunProgress } from '../db/end-run'

export type CheckpointedRun = {
  /** What there is so far. */
  progress: () => RunProgress
  /** That the run is alive, when there is nothing new to store. */
  beat: () => RunBeat
  /** The run is no longer ours to write. */
  onLost: () => void
  onError: (error: unknown) => void
}

export type RunCheckpoints = {
  note(characters: number): void
  /** No save is under way once this resolves, and none comes after it. */
  stop(): Promise<void>
}

const tickMs = 250
const intervalMs = 1000
const charactersMax = 2048
const spacingMs = 250
const heartbeatMs = 3000

/** A few milliseconds of SQLite, for which everything else in the process waits. */
const batchMax = 16
/** A Postgres is waited for, so that several batches may be on their way to it. */
const batchesAtOnce = { sqlite: 1, postgres: 4 } as const

/**
 * Stores the answers of this process while they are written: each every second, or after 2 KB but not more than four times
 * a second (docs/protocol.md § 3). A process that dies loses at most what came since. Runs that are due together are
 * stored in one transaction, because most of the cost is the transaction's.
 */
export class Checkpointer {
  readonly #database: Pick<Database, 'runs' | 'engine'>
  readonly #runs = new Set<WrittenRun>()
  #timer: NodeJS.Timeout | undefined
  #ticking = false

  constructor(database: Pick<Database, 'runs' | 'engine'>) {
    this.#database = database
  }

  follow(run: CheckpointedRun): RunCheckpoints {
    const written = new WrittenRun(run)
    this.#runs.add(written)
    this.#timer ??= setInterval(() => void this.#tick(), tickMs)
    return {
      note: (characters) => written.note(characters),
      stop: () => this.#stop(written),
    }
  }

  async #stop(run: WrittenRun): Promise<void> {
    this.#runs.delete(run)
    if (this.#runs.size === 0) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
    await run.saving
  }

  /** While the database is slow, ticks pass; what became due meanwhile is stored together. */
  async #tick(): Promise<void> {
    if (this.#ticking) return
    this.#ticking = true
    const now = performance.now()
    const batches = batchesOf([...this.#runs].filter((run) => run.isDue(now)))
    const atOnce = batchesAtOnce[this.#database.engine]
    for (let first = 0; first < batches.length; first += atOnce) {
      await Promise.all(batches.slice(first, first + atOnce).map((batch) => this.#save(batch)))
      await othersDone()
    }
    this.#ticking = false
  }

  async #save(batch: readonly WrittenRun[]): Promise<void> {
    const runs = batch.filter((run) => this.#runs.has(run))
    if (runs.length === 0) return
    const saving = this.#write(runs)
    for (const run of runs) run.saving = saving
    await saving
  }

  async #write(runs: readonly WrittenRun[]): Promise<void> {
    try {
      const ours = await this.#database.runs.checkpointAll(runs.map((run) => run.take()))
      runs.forEach((run, index) => run.saved(ours[index] === true))
    } catch (error) {
      for (const run of runs) run.failed(error)
    }
  }
}

class WrittenRun {
  saving: Promise<void> | undefined
  readonly #run: CheckpointedRun
  #unsaved = 0
  #savedAt = performance.now()
  #failed = false

  constructor(run: CheckpointedRun) {
    this.#run = run
  }

  /** Whether it could not be stored the last time. It is then tried without others, who would fail with it. */
  get isSuspect(): boolean {
    return this.#failed
  }

  note(characters: number): void {
    this.#unsaved += characters
  }

  /** At the tick that is nearest to the time. */
  isDue(now: number): boolean {
    return now - this.#savedAt >= this.#waitMs() - tickMs / 2
  }

  take(): RunProgress | RunBeat {
    const isNews = this.#unsaved > 0
    this.#unsaved = 0
    this.#savedAt = performance.now()
    return isNews ? this.#run.progress() : this.#run.beat()
  }

  #waitMs(): number {
    if (this.#unsaved >= charactersMax) return spacingMs
    return this.#unsaved > 0 ? intervalMs : heartbeatMs
  }

  saved(isOurs: boolean): void {
    this.#failed = false
    if (!isOurs) this.#run.onLost()
  }

  failed(error: unknown): void {
    this.#failed = true
    this.#unsaved += 1
    this.#run.onError(error)
  }
}

function batchesOf(runs: readonly WrittenRun[]): WrittenRun[][] {
  const trusted = runs.filter((run) => !run.isSuspect)
  const batches = runs.filter((run) => run.isSuspect).map((run) => [run])
  for (let first = 0; first < trusted.length; first += batchMax)
    batches.push(trusted.slice(first, first + batchMax))
  return batches
}
