import { setTimeout as delay } from 'node:timers/promises'
import { ProblemError } from '@/client/api/http'

/** A wait that ends early, and quietly, with the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}

/**
 * Tries until it works, as a person does who reloads a page: while nobody answers, or the server says that it cannot just
 * now. Any other refusal is thrown.
 */
export async function persist<Value>(
  attempt: () => Promise<Value>,
  { pauseMs, signal }: { pauseMs: () => number; signal: AbortSignal },
): Promise<Value> {
  while (true) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error)) throw error
    }
    await pause(Math.max(50, pauseMs()), signal)
  }
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false
  const { status } = error.problem
  return status === 0 || status === 429 || status >= 500
}
