import type { Contender, Server } from '../contenders/contender'
import type { Laboratory } from '../laboratory'
import { cpuMicroseconds } from '../machine/cpu-time'
import type { Plan } from '../plan'
import { percentile } from '../processes/percentile'

export type Streaming = {
  /** Processor time of the server's process for one token that was delivered. */
  cpuMicroseconds: number
  /** The same at as many streams as it can serve. */
  cpuMicrosecondsWhenFull: number
  latenessP50Ms: number
  latenessP99Ms: number
  firstTokenP50Ms: number
  firstTokenP99Ms: number
  /** The most streams with a lateness of at most 50 ms for 99 of 100 tokens. */
  streamsMax: number
  /** Set when it was not the server that could do no more. */
  streamsMaxIsBound: boolean
}

type Options = {
  laboratory: Laboratory
  contender: Contender
  plan: Plan
  from: number | undefined
}

const latenessMsMax = 50
const deliveredMin = 0.98
const slipMsMax = 20
const settleMs = 700
const openMsEach = 10
const streamsLimit = 1200
const firstTokenSpacingMs = 25

/** One life of a server: the cost at a moderate load, the first token beside it, then more and more streams. */
export function measureStreaming({
  laboratory,
  contender,
  plan,
  from,
}: Options): Promise<Streaming> {
  return laboratory.withServers({ contender, count: 1 }, async ([server]) => {
    if (!server) throw new Error('There is no server to measure.')
    const { readers } = laboratory
    await readers('open', { count: plan.streams, overMs: plan.streams * openMsEach * 2 })
    await readers('watch', { windowMs: 2 * settleMs })
    const { inTime: _, ...cost } = await measureCost({
      laboratory,
      server,
      windowMs: plan.windowMs,
    })
    const waits = await readers('firstTokens', {
      count: plan.firstTokens,
      spacingMs: firstTokenSpacingMs,
    })
    const guess = from ?? 600_000 / (cost.cpuMicroseconds * 50)
    const most = await findStreamsMax({ laboratory, server, plan, from: Math.round(guess) })
    await laboratory.finishStreams(contender)
    return {
      ...cost,
      firstTokenP50Ms: percentile(waits, 0.5),
      firstTokenP99Ms: percentile(waits, 0.99),
      ...most,
    }
  })
}

type Watching = { laboratory: Laboratory; server: Server; windowMs: number }

async function measureCost({ laboratory: { readers }, server, windowMs }: Watching) {
  const before = await cpuMicroseconds(server.child.pid)
  const { tokens, delivered, p50Ms, p99Ms } = await readers('watch', { windowMs })
  const used = (await cpuMicroseconds(server.child.pid)) - before
  return {
    cpuMicroseconds: used / tokens,
    latenessP50Ms: p50Ms,
    latenessP99Ms: p99Ms,
    inTime: p99Ms <= latenessMsMax && delivered >= deliveredMin,
  }
}

/** Adds streams in steps, from `from` on, until tokens are late. A step that fails once is looked at again. */
async function findStreamsMax({
  laboratory,
  server,
  plan,
  from,
}: {
  laboratory: Laboratory
  server: Server
  plan: Plan
  from: number
}): Promise<Pick<Streaming, 'cpuMicrosecondsWhenFull' | 'streamsMax' | 'streamsMaxIsBound'>> {
  const { readers } = laboratory
  let count = plan.streams
  let most = { cpuMicrosecondsWhenFull: Number.NaN, streamsMax: 0 }
  for (let next = Math.max(from, plan.streams); ; next = Math.ceil(next * plan.step)) {
    await readers('open', { count: next - count, overMs: (next - count) * openMsEach })
    count = next
    const seen = await watchTwice({ laboratory, server, windowMs: plan.windowMs / 2 })
    if (seen.inTime) most = { cpuMicrosecondsWhenFull: seen.cpuMicroseconds, streamsMax: count }
    if (seen.slipped || count >= streamsLimit) return { ...most, streamsMaxIsBound: true }
    if (!seen.inTime) return { ...most, streamsMaxIsBound: false }
  }
}

async function watchTwice(watching: Watching) {
  const first = await watchOnce(watching)
  return first.inTime ? first : watchOnce(watching)
}

async function watchOnce(watching: Watching) {
  const { readers, upstream } = watching.laboratory
  await readers('watch', { windowMs: settleMs })
  await upstream('slipMs')
  const cost = await measureCost(watching)
  return { ...cost, slipped: (await upstream('slipMs')) > slipMsMax }
}
