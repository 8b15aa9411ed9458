import { createChatApi } from '@/client/api/chat-api'
import type { AnswerPlan } from './plan/answer-plan'
import { createNetwork } from './readers/network'
import { readAsPage } from './readers/page-reader'
import { pause, persist } from './readers/patience'
import { readRaw } from './readers/raw-reader'
import type { ReaderEnd, SharedAnswer } from './readers/reader'
import type { Evidence } from './verdict/evidence'
import type { ServerFaults } from './world/faults'
import type { World } from './world/world'

export type AnswerOutcome =
  | { status: 'ended'; evidence: Evidence }
  /** Somebody never got an end, or was refused. */
  | { status: 'unended'; detail: string }

/** What an answer may take beyond what its model takes: kills, leases and back-off one after the other. */
const patienceMs = 60_000

/** Lets one answer be asked for, read, cut and stopped as planned, and gathers what came of it. */
export async function runAnswer(options: {
  plan: AnswerPlan
  world: World
  faults: ServerFaults
  log: Evidence['log']
  note: (line: string) => void
  signal: AbortSignal
}): Promise<AnswerOutcome> {
  const { plan, world, faults, note } = options
  const startedAt = Date.now()
  const naturalMs = plan.text.length * (plan.paceMs + 2) + (plan.silence?.ms ?? 0)
  const tooLate = AbortSignal.timeout(naturalMs + patienceMs)
  const over = new AbortController()
  const answer: SharedAnswer = {
    plan,
    url: world.front.url,
    cookie: world.cookies[plan.index % world.cookies.length] ?? world.cookies[0],
    accepted: Promise.withResolvers(),
    note,
    signal: AbortSignal.any([options.signal, tooLate, over.signal]),
  }
  world.model.expect(plan)
  try {
    const waiting = new Set(plan.readers.map(({ name }) => name))
    const stopping = stopAsPlanned(answer)
    // Whoever is left behind by the others has nobody to tell of it.
    stopping.catch(() => undefined)
    const reading = plan.readers.map(async (reader) => {
      const end = await read(answer, reader)
      waiting.delete(reader.name)
      return end
    })
    for (const each of reading) each.catch(() => undefined)
    const ends = await Promise.race([Promise.all(reading), aborted(answer.signal)])
    if (!ends) {
      return { status: 'unended', detail: `no end for ${[...waiting].join(', ')}` }
    }
    over.abort()
    const stop = await stopping
    const stored = await world.ledger.read(plan.chatId)
    const { deaths, redisSpells } = faults
    const said = world.model.said(plan)
    const { log } = options
    const endedAt = Date.now()
    const evidence = {
      plan,
      log,
      startedAt,
      endedAt,
      said,
      stored,
      ends,
      stop,
      deaths,
      redisSpells,
    }
    return { status: 'ended', evidence }
  } catch (error) {
    return { status: 'unended', detail: String(error) }
  } finally {
    over.abort()
    world.model.forget(plan)
  }
}

function read(answer: SharedAnswer, plan: AnswerPlan['readers'][number]): Promise<ReaderEnd> {
  return plan.kind === 'page' ? readAsPage({ plan, answer }) : readRaw({ plan, answer })
}

async function stopAsPlanned(answer: SharedAnswer): Promise<Evidence['stop']> {
  const { plan, signal, note } = answer
  if (!plan.stop) return undefined
  await Promise.race([answer.accepted.promise, aborted(signal)])
  await pause(plan.stop.afterMs, signal)
  if (signal.aborted) return undefined
  const [sender] = plan.readers
  const stopper = { ...sender, name: 'stopper', cuts: [], random: sender.random.fork('stopper') }
  const network = createNetwork({ plan: stopper, answer })
  const api = createChatApi((path, init) => network.fetch(path, init))
  const patience = { pauseMs: () => 100, signal }
  try {
    const { activeRunId } = await persist(() => api.loadChat(plan.chatId, signal), patience)
    if (activeRunId === null) return undefined
    const at = Date.now()
    const stopped = await persist(() => api.stopRun(plan.chatId, activeRunId, signal), patience)
    note(`a stop was answered ${stopped}`)
    return { at, stopped }
  } catch (error) {
    // All readers may have their ends while the stop is still on its way: it may or may not have been heard.
    if (signal.aborted) return { at: Date.now(), stopped: false }
    throw error
  }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
