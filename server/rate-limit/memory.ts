import 'server-only'
import type { RateLimiter } from './rate-limiter'

/** Counts what this process does. */
export function createMemoryRateLimiter(now: () => number): RateLimiter {
  // When all that was taken is made up for. One number a key says it all (the generic cell rate algorithm).
  const evenAt = new Map<string, number>()

  return {
    take(key, { atOnce, everyMs }) {
      const at = now()
      for (const [known, even] of evenAt) if (even <= at) evenAt.delete(known)
      const even = evenAt.get(key) ?? at
      const waitMs = even - at - (atOnce - 1) * everyMs
      if (waitMs > 0) return Promise.resolve(waitMs)
      evenAt.set(key, even + everyMs)
      return Promise.resolve(0)
    },
  }
}
