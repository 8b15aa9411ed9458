import type { ChaosOptions, Failure } from '../run-chaos'
import type { ServerFaults } from '../world/faults'
import { percentile, type Tally } from './tally'

/** What to know of an answer that broke a promise, and how to see it again. */
export function describeFailure(
  { plan, faults, history }: Failure,
  { seed }: Pick<ChaosOptions, 'seed'>,
): string {
  const start = history[0]?.at ?? 0
  const readers = plan.readers.map(({ name, kind, begins }) => `${name} (${kind}, ${begins})`)
  return [
    `\nSeed ${seed}, answer ${plan.index}: ${plan.text.length} tokens every ${plan.paceMs} ms, ${plan.model.provider}, ${readers.join(', ')}`,
    ...faults.map(({ kind, detail }) => `  ${kind}: ${detail}`),
    ...history.map(({ at, text }) => `  ${String(at - start).padStart(7)} ms  ${text}`),
  ].join('\n')
}

/** The table at the end. */
export function describeTally(options: {
  tally: Tally
  faults: ServerFaults
  answers: number
  seconds: number
  failures: readonly Failure[]
  options: ChaosOptions
}): string {
  const { tally, faults, answers, seconds, failures } = options
  const { deaths, redisSpells } = faults
  const statuses = [...tally.statuses].map(([status, count]) => `${count} ${status}`).join(', ')
  const deathsBy = (signal: string) => deaths.filter((death) => death.signal === signal).length
  const redisBy = (kind: string) => redisSpells.filter((spell) => spell.kind === kind).length
  const events = (type: string) => tally.events.get(type) ?? 0
  const kindCount = (kind: string) =>
    failures.filter(({ faults: found }) => found.some((fault) => fault.kind === kind)).length
  const rows: [string, string][] = [
    ['answers', `${answers}: ${statuses}`],
    ['readers', `${tally.readers}, ${tally.reloads} reloads, ${tally.stops} stops`],
    ['streams cut', `${events('cut')} by the proxy, ${events('broken')} by their instance`],
    [
      'instances',
      `${deathsBy('SIGKILL')} killed, ${deathsBy('SIGTERM')} asked to leave, all restarted`,
    ],
    ['Redis', `${redisBy('restart')} restarts (empty), ${redisBy('pause')} pauses`],
    ['reattached', `${events('returned')} times, ${spread(tally.returnsMs)}`],
    ['not kept of a killed writer', spread(tally.lostMs)],
    ['duration', `${seconds.toFixed(0)} s`],
    ['lost', String(kindCount('lost'))],
    ['doubled', String(kindCount('doubled'))],
    ['different', String(kindCount('different'))],
    ['other promises broken', String(kindCount('wrong'))],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return ['', ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`)].join('\n')
}

function spread(values: readonly number[]): string {
  const at = (share: number) => `${Math.round(percentile(values, share))} ms`
  return values.length === 0 ? 'none' : `p50 ${at(0.5)}, p99 ${at(0.99)}, at most ${at(1)}`
}
