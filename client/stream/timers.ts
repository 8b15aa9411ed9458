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

/** Waits; rejects with the signal's reason when it aborts first. */
export function sleep(
  delayMs: number,
  { timers, signal }: { timers: Timers; signal: AbortSignal },
) {
  return new Promise<void>((resolve, reject) => {
    if (signal.aborted) return reject(abortReason(signal))
    const abort = () => {
      cancel()
      reject(abortReason(signal))
    }
    const cancel = timers.after(delayMs, () => {
      signal.removeEventListener('abort', abort)
      resolve()
    })
    signal.addEventListener('abort', abort, { once: true })
  })
}

/** What an aborted wait rejects with: always an error, whatever the caller gave as its reason. */
export function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason : new DOMException('The wait was aborted.', 'AbortError')
}
