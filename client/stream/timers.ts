/** Time as client code sees it: the browser's, or a test's. Milliseconds. */
export type Timers = {
  now: () => number
  /** Runs once after the delay; the answer cancels it. */
  after: (delayMs: number, run: () => void) => () => void
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Waits for some work, no longer than so many milliseconds; the signal of the work fires when they are over. */
export async function withinMs(
  timers: Timers,
  ms: number,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const abort = new AbortController()
  const over = Promise.withResolvers<void>()
  const cancelTimer = timers.after(ms, () => {
    abort.abort()
    over.resolve()
  })
  await Promise.race([work(abort.signal), over.promise])
  cancelTimer()
}

/** What an aborted wait rejects with: always an error, whatever the caller gave as its reason. */
export function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason : new DOMException('The wait was aborted.', 'AbortError')
}
