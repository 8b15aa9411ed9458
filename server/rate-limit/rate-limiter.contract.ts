import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RateLimiter } from './rate-limiter'

/** What every rate limiter must do. Each implementation runs this suite. */
export function describeRateLimiter(
  name: string,
  create: () => RateLimiter | Promise<RateLimiter>,
): void {
  describe(`rate limiter: ${name}`, () => {
    it('lets so many through at once, says how long the next one waits, and counts no refusal', async () => {
      const limiter = await create()
      const key = randomUUID()
      const rate = { atOnce: 3, everyMs: 60_000 }
      const waits = []
      for (let time = 0; time < 5; time += 1) waits.push(await limiter.take(key, rate))

      expect(waits.slice(0, 3)).toEqual([0, 0, 0])
      for (const waitMs of waits.slice(3)) {
        expect(waitMs).toBeGreaterThan(50_000)
        expect(waitMs).toBeLessThanOrEqual(60_000)
      }
    })

    it('lets one of many at the same time through', async () => {
      const limiter = await create()
      const key = randomUUID()
      const rate = { atOnce: 1, everyMs: 60_000 }
      const waits = await Promise.all(Array.from({ length: 10 }, () => limiter.take(key, rate)))
      expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(1)
    })

    it('counts each key by itself', async () => {
      const limiter = await create()
      const rate = { atOnce: 1, everyMs: 60_000 }
      expect(await limiter.take(randomUUID(), rate)).toBe(0)
      expect(await limiter.take(randomUUID(), rate)).toBe(0)
    })

    it('lets one through again when its time has come', async () => {
      const limiter = await create()
      const key = randomUUID()
      const rate = { atOnce: 1, everyMs: 200 }
      await limiter.take(key, rate)
      expect(await limiter.take(key, rate)).toBeGreaterThan(0)
      await expect.poll(() => limiter.take(key, rate)).toBe(0)
    })
  })
}
