import 'server-only'

/** So many at once, and after that one more each `everyMs`. */
export type Rate = { atOnce: number; everyMs: number }

/** How often something may be done. What was refused counts for nothing. */
export interface RateLimiter {
  /** Counts one more for `key`. Answers 0, or how long to wait in milliseconds when it is too early. */
  take(key: string, rate: Rate): Promise<number>
}
