import type { Timers } from '../stream/timers'

/** Time that passes only when told to. */
export function createFakeTimers() {
  let now = 1_700_000_000_000
  const pending = new Set<{ at: number; run: () => void }>()

  const timers: Timers = {
    now: () => now,
    after: (delayMs, run) => {
      const timer = { at: now + delayMs, run }
      pending.add(timer)
      return () => void pending.delete(timer)
    },
  }

  function advance(byMs: number) {
    const until = now + byMs
    for (let due = nextDue(until); due; due = nextDue(until)) {
      now = Math.max(now, due.at)
      pending.delete(due)
      due.run()
    }
    now = until
  }

  function nextDue(until: number) {
    const due = [...pending].filter(({ at }) => at <= until)
    return due.toSorted((left, right) => left.at - right.at)[0]
  }

  return {
    timers,
    advance,
    /** The machine sleeps: time passes and no timer runs. */
    sleep: (forMs: number) => {
      now += forMs
    },
    get pendingCount() {
      return pending.size
    },
    get nextDelayMs() {
      return Math.min(...[...pending].map(({ at }) => at - now))
    },
  }
}
