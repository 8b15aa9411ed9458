import { setTimeout as delay } from 'node:timers/promises'
import { planAnswer, type AnswerPlan } from './plan/answer-plan'
import { pause } from './readers/patience'
import { runAnswer } from './run-answer'
import { describeFailure, describeTally } from './verdict/report'
import { judge, type Fault } from './verdict/judge'
import { Tally } from './verdict/tally'
import { startServerFaults, type ServerFaults } from './world/faults'
import type { FrontEvent } from './world/front'
import { startWorld, type World } from './world/world'

export type ChaosOptions = {
  runs: number
  seed: number
  instances: number
  /** No new answers after so long. */
  seconds: number
  concurrency: number
  log: 'memory' | 'redis'
  say: (line: string) => void
  signal: AbortSignal
}

export type Failure = {
  plan: AnswerPlan
  faults: readonly Fault[]
  /** What happened to it and around it, in order. */
  history: readonly HistoryLine[]
}

export type HistoryLine = { at: number; text: string }

const progressEveryMs = 10_000
const settleMsMax = 20_000

/** Runs it all. Resolves with the exit code; whatever happens, nothing is left running. */
export async function runChaos(options: ChaosOptions): Promise<number> {
  const chaos = new Chaos(options)
  const world = await startWorld({ ...options, onFrontEvent: (event) => chaos.noteEvent(event) })
  try {
    return await chaos.run(world)
  } finally {
    await world.stop()
  }
}

class Chaos {
  readonly #options: ChaosOptions
  readonly #tally = new Tally()
  readonly #histories = new Map<number, HistoryLine[]>()
  readonly #failures: Failure[] = []
  readonly #startedAt = performance.now()
  #begun = 0
  #ended = 0

  constructor(options: ChaosOptions) {
    this.#options = options
  }

  noteEvent(event: FrontEvent): void {
    this.#tally.note(event)
    const [index = '', name = ''] = event.reader.split('/')
    this.#note(Number(index), `${name}: ${describeEvent(event)}`)
  }

  async run(world: World): Promise<number> {
    const { seed, concurrency, say, signal } = this.#options
    say(describeStart(this.#options))
    const faults = startServerFaults({ seed, world })
    const progress = setInterval(() => say(this.#progress(faults)), progressEveryMs)
    try {
      const lane = () => this.#askOneByOne(world, faults)
      await Promise.all(Array.from({ length: concurrency }, lane))
      await faults.end()
      signal.throwIfAborted()
      await this.#requireSettled(world)
    } finally {
      clearInterval(progress)
      await faults.end()
    }
    return this.#report(faults)
  }

  async #askOneByOne(world: World, faults: ServerFaults): Promise<void> {
    const { runs, seed, seconds, signal } = this.#options
    // Not all in the same moment.
    await pause(Math.random() * 2000, signal)
    while (this.#begun < runs && this.#seconds < seconds && !signal.aborted) {
      const plan = planAnswer({ seed, index: this.#begun++ })
      await this.#ask(plan, { world, faults })
      this.#ended += 1
      this.#histories.delete(plan.index)
    }
  }

  async #ask(
    plan: AnswerPlan,
    { world, faults }: { world: World; faults: ServerFaults },
  ): Promise<void> {
    const { log, signal } = this.#options
    this.#histories.set(plan.index, [{ at: Date.now(), text: 'asked' }])
    const note = (text: string) => this.#note(plan.index, text)
    const outcome = await runAnswer({ plan, world, faults, log, note, signal })
    signal.throwIfAborted()
    if (outcome.status === 'unended') {
      return this.#fail(plan, faults, [{ kind: 'lost', detail: outcome.detail }])
    }
    const verdict = judge(outcome.evidence)
    this.#tally.add(verdict)
    this.#tally.readers += plan.readers.length
    this.#tally.stops += outcome.evidence.stop ? 1 : 0
    for (const { reloads } of outcome.evidence.ends) this.#tally.reloads += reloads
    if (verdict.faults.length > 0) this.#fail(plan, faults, verdict.faults)
  }

  #fail(plan: AnswerPlan, faults: ServerFaults, found: readonly Fault[]): void {
    const own = this.#histories.get(plan.index) ?? []
    const since = own[0]?.at ?? 0
    const history = [...own, ...serverHistory(faults)]
      .filter(({ at }) => at >= since - 2000)
      .toSorted((left, right) => left.at - right.at)
    const failure = { plan, faults: found, history }
    this.#failures.push(failure)
    this.#options.say(describeFailure(failure, this.#options))
  }

  async #requireSettled({ ledger }: World): Promise<void> {
    const deadline = Date.now() + settleMsMax
    while ((await ledger.running()).length > 0) {
      if (Date.now() > deadline)
        throw new Error(
          `Still running 20 s after the last fault: ${String(await ledger.running())}`,
        )
      await delay(500)
    }
  }

  #report(faults: ServerFaults): number {
    const { say } = this.#options
    say(
      describeTally({
        tally: this.#tally,
        faults,
        answers: this.#ended,
        seconds: this.#seconds,
        failures: this.#failures,
        options: this.#options,
      }),
    )
    return this.#failures.length === 0 ? 0 : 1
  }

  #note(index: number, text: string): void {
    this.#histories.get(index)?.push({ at: Date.now(), text })
  }

  #progress({ deaths, redisSpells }: ServerFaults): string {
    const counts = `${this.#ended} of ${this.#begun} answers ended`
    const struck = `${deaths.length} instances and ${redisSpells.length} times Redis struck`
    return `${Math.round(this.#seconds)} s: ${counts}, ${struck}, ${this.#failures.length} failed`
  }

  get #seconds(): number {
    return (performance.now() - this.#startedAt) / 1000
  }
}

function describeStart({ runs, seed, instances, log, concurrency }: ChaosOptions): string {
  const servers =
    log === 'memory'
      ? 'one instance with the memory log and SQLite'
      : `${instances} instances on one Redis and one Postgres`
  return `Chaos, seed ${seed}: ${runs} answers, ${concurrency} at a time, ${servers}.`
}

function describeEvent(event: FrontEvent): string {
  if (event.type === 'cut') return event.how === 'reset' ? 'cut by a reset' : 'cut in good order'
  if (event.type === 'broken') return 'its instance ended the stream'
  return `returned after ${Math.round(event.afterMs)} ms`
}

function serverHistory({ deaths, redisSpells }: ServerFaults): HistoryLine[] {
  return [
    ...deaths.flatMap(({ at, backAt, port, pid, signal }) => [
      { at, text: `instance ${port} (process ${pid}) gets ${signal}` },
      ...(backAt === undefined ? [] : [{ at: backAt, text: `instance ${port} is back` }]),
    ]),
    ...redisSpells.flatMap(({ kind, from, to }) => [
      { at: from, text: `Redis: ${kind}` },
      ...(to === undefined ? [] : [{ at: to, text: 'Redis is back' }]),
    ]),
  ]
}
