import type { Contender, Server } from '../contenders/contender'
import type { Laboratory } from '../laboratory'
import { cpuMicroseconds } from '../machine/cpu-time'
import type { Plan } from '../plan'
import { percentile } from '../processes/percentile'

export type Streaming = {
  /** Processor time of the server's process for one token that was delivered. */
  cpuMicroseconds: number
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
    const cost = await measureCost({ laboratory, server, plan })
    const waits = await readers('firstTokens', {
      count: plan.firstTokens,
      spacingMs: firstTokenSpacingMs,
    })
    const guess = from ?? 600_000 / (cost.cpuMicroseconds * 50)
    const most = await findStreamsMax({ laboratory, plan, from: Math.round(guess) })
    await laboratory.finishStreams(contender)
    return {
      ...cost,
      firstTokenP50Ms: percentile(waits, 0.5),
      firstTokenP99Ms: percentile(waits, 0.99),
      ...most,
    }
  })
}

async function measureCost({
  laboratory: { readers },
  server,
  plan: { windowMs },
}: {
  laboratory: Laboratory
  server: Server
  plan: Plan
}) {
  const before = await cpuMicroseconds(server.child.pid)
  const { tokens, p50Ms, p99Ms } = await readers('watch', { windowMs })
  const used = (await cpuMicroseconds(server.child.pid)) - before
  return { cpuMicroseconds: used / tokens, latenessP50Ms: p50Ms, latenessP99Ms: p99Ms }
}

/** Adds streams in steps, from `from` on, until tokens are late. A step that fails once is looked at again. */
async function findStreamsMax({
  laboratory,
  plan,
  from,
}: {
  laboratory: Laboratory
  plan: Plan
  from: number
}): Promise<{ streamsMax: number; streamsMaxIsBound: boolean }> {
  const { readers } = laboratory
  let count = plan.streams
  let held = 0
  for (let next = Math.max(from, plan.streams); ; next = Math.ceil(next * plan.step)) {
    await readers('open', { count: next - count, overMs: (next - count) * openMsEach })
    count = next
    const seen = await watchTwice({ laboratory, windowMs: plan.windowMs / 2 })
    if (seen.inTime) held = count
    if (seen.slipped || count >= streamsLimit) return { streamsMax: held, streamsMaxIsBound: true }
    if (!seen.inTime) return { streamsMax: held, streamsMaxIsBound: false }
  }
}

async function watchTwice(options: { laboratory: Laboratory; windowMs: number }) {
  const first = await watchOnce(options)
  return first.inTime ? first : watchOnce(options)
}

async function watchOnce({
  laboratory: { readers, upstream },
  windowMs,
}: {
  laboratory: Laboratory
  windowMs: number
}) {
  await readers('watch', { windowMs: settleMs })
  await upstream('slipMs')
  const { p99Ms, delivered } = await readers('watch', { windowMs })
  const slipMs = await upstream('slipMs')
  return {
    inTime: p99Ms <= latenessMsMax && delivered >= deliveredMin,
    slipped: slipMs > slipMsMax,
  }
}
