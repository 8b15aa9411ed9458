/** Runs once at the next frame, with its time in milliseconds; the answer cancels it. Runs at once where there are no frames. */
export type FrameScheduler = (run: (now: number) => void) => () => void

/** A hidden page has no frames; nobody looks at it, so a few looks a second keep it up to date at little cost. */
const hiddenMs = 250

/** Animation frames. What waits when the page is hidden or shown runs at once. */
export const browserFrames: FrameScheduler = (run) => {
  if (typeof document === 'undefined') {
    run(performance.now())
    return () => undefined
  }
  const finish = (now: number) => {
    cancel()
    run(now)
  }
  const finishNow = () => finish(performance.now())
  const isHidden = document.visibilityState === 'hidden'
  const cancelTick = isHidden ? afterHiddenMs(finishNow) : atFrame(finish)
  document.addEventListener('visibilitychange', finishNow)
  const cancel = () => {
    cancelTick()
    document.removeEventListener('visibilitychange', finishNow)
  }
  return cancel
}

function atFrame(run: (now: number) => void): () => void {
  const frame = requestAnimationFrame(run)
  return () => cancelAnimationFrame(frame)
}

function afterHiddenMs(run: () => void): () => void {
  const timer = setTimeout(run, hiddenMs)
  return () => clearTimeout(timer)
}
