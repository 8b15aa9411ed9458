/** Runs once at the next frame; the answer cancels it. May run at once when no frame will come. */
export type FrameScheduler = (run: () => void) => () => void

/** Animation frames. A hidden page gets none, so there it runs at once, also what was waiting when it got hidden. */
export const browserFrames: FrameScheduler = (run) => {
  if (typeof document === 'undefined' || document.visibilityState === 'hidden') {
    run()
    return () => undefined
  }
  const finish = () => {
    cancel()
    run()
  }
  const runWhenHidden = () => {
    if (document.visibilityState === 'hidden') finish()
  }
  const frame = requestAnimationFrame(finish)
  document.addEventListener('visibilitychange', runWhenHidden)
  const cancel = () => {
    cancelAnimationFrame(frame)
    document.removeEventListener('visibilitychange', runWhenHidden)
  }
  return cancel
}
