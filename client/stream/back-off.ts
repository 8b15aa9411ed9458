import type { PageSignals } from './page-signals'
import { abortReason, type Timers } from './timers'

const baseDelayMs = 250
const delayMsMax = 8_000

export type BackOff = {
  /** Waits longer each time, until `reset`. Rejects when the signal aborts. */
  wait: (options: { signal: AbortSignal; atLeastMs?: number | undefined }) => Promise<void>
  /** Called on progress: the next wait is a short one again. */
  reset: () => void
  /** The server's own `retry:`, in place of the first delay. */
  setBase: (retryMs: number) => void
}

/**
 * Full-jitter exponential back-off, 250 ms to 8 s: many clients cut at once come back spread out. A wake signal ends a wait
 * at once, unless the server asked for it; a page in the back/forward cache waits until it is shown.
 */
export function createBackOff(options: {
  timers: Timers
  page: PageSignals
  random: () => number
}): BackOff {
  const { timers, page, random } = options
  let attempt = 0
  let baseMs = baseDelayMs

  function nextDelayMs(): number {
    const ceilingMs = Math.min(baseMs * 2 ** attempt, Math.max(delayMsMax, baseMs))
    attempt += 1
    return random() * ceilingMs
  }

  return {
    wait: ({ signal, atLeastMs = 0 }) => {
      const delayMs = Math.max(nextDelayMs(), atLeastMs)
      return waitUntil({ delayMs, timers, page, signal, canWakeEarly: atLeastMs === 0 })
    },
    reset: () => {
      attempt = 0
    },
    setBase: (retryMs) => {
      baseMs = retryMs
    },
  }
}

function waitUntil(options: {
  delayMs: number
  timers: Timers
  page: PageSignals
  signal: AbortSignal
  canWakeEarly: boolean
}): Promise<void> {
  const { delayMs, timers, page, signal, canWakeEarly } = options
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(abortReason(signal))
    let delayOver = false
    const settle = (finish: () => void) => {
      cancelTimer()
      unsubscribe()
      signal.removeEventListener('abort', abort)
      finish()
    }
    const abort = () => settle(() => reject(abortReason(signal)))
    const cancelTimer = timers.after(delayMs, () => {
      delayOver = true
      if (!page.suspended()) settle(resolve)
    })
    const unsubscribe = page.subscribe((pageSignal) => {
      if (pageSignal === 'wake' && (canWakeEarly || delayOver)) settle(resolve)
    })
    signal.addEventListener('abort', abort, { once: true })
  })
}
