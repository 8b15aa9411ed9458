import type { FrameScheduler } from '../stream/frames'

/** Frames that come only when told to. */
export function createFakeFrames() {
  const pending = new Set<() => void>()

  const schedule: FrameScheduler = (run) => {
    pending.add(run)
    return () => void pending.delete(run)
  }

  function tick() {
    const due = [...pending]
    pending.clear()
    for (const run of due) run()
  }

  return {
    schedule,
    tick,
    get pendingCount() {
      return pending.size
    },
  }
}
