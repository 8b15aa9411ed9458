import type { FrontEvent } from '../world/front'
import type { Verdict } from './judge'

/** Counts what happened in a whole run. */
export class Tally {
  readonly statuses = new Map<string, number>()
  readonly events = new Map<string, number>()
  readonly returnsMs: number[] = []
  readonly lostMs: number[] = []
  readers = 0
  reloads = 0
  stops = 0
  longestAnswerMs = 0

  note(event: FrontEvent): void {
    count(this.events, event.type)
    if (event.type === 'returned') this.returnsMs.push(event.afterMs)
  }

  add({ status, lostMs }: Verdict): void {
    count(this.statuses, status)
    if (lostMs !== undefined) this.lostMs.push(lostMs)
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
