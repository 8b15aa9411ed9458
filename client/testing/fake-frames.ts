import type { FrameScheduler } from '../stream/frames'

/** Frames that come only when told to. */
export function createFakeFrames() {
  const pending = new Set<(now: number) => void>()

  let now = 0

  const schedule: FrameScheduler = (run) => {
    pending.add(run)
    return () => void pending.delete(run)
  }

  /** The next frame, a sixtieth of a second later. */
  function tick(afterMs = 1_000 / 60) {
    now += afterMs
    const due = [...pending]
    pending.clear()
    for (const run of due) run(now)
  }

  return {
    schedule,
    tick,
    get now() {
      return now
    },
    get pendingCount() {
      return pending.size
    },
  }
}
