import 'server-only'
import { log } from '../log'
import { defineScript, type Redis } from '../redis/redis'
import { createMemoryRateLimiter } from './memory'
import type { RateLimiter } from './rate-limiter'

/** As in memory, by the clock of Redis. Key: when all is made up for. Args: how many at once, then one each so many ms. */
const takeScript = defineScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local even = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0))
local wait = even - now - (ARGV[1] - 1) * ARGV[2]
if wait > 0 then return wait end
even = even + ARGV[2]
redis.call('SET', KEYS[1], string.format('%.0f', even), 'PX', string.format('%.0f', even - now))
return 0
`)

/** Counts what many processes do. While Redis is away each counts for itself. */
export function createRedisRateLimiter(redis: Redis, now: () => number): RateLimiter {
  const local = createMemoryRateLimiter(now)
  return {
    async take(key, rate) {
      const args = [String(rate.atOnce), String(rate.everyMs)]
      try {
        return Number(await redis.run(takeScript, { keys: [`${redis.prefix}rate:${key}`], args }))
      } catch (error) {
        log.debug('A rate was counted without Redis.', { error })
        return local.take(key, rate)
      }
    },
  }
}
