import 'server-only'
import { z } from 'zod'
import { liveEventSchema, type LiveEvent } from '@/shared/chat/live-event'
import { log } from '../log'
import type { Redis } from '../redis/redis'
import type { LiveEvents } from './live-events'
import { createMemoryLiveEvents } from './memory'

const messageSchema = z.object({ from: z.string(), event: liveEventSchema })

/**
 * The live events of many processes. Listeners of this one hear what is published here at once; the others by way of
 * Redis, and not at all while it is away.
 */
export function createRedisLiveEvents(redis: Redis, instance: string): LiveEvents {
  const local = createMemoryLiveEvents()
  const channelOf = (userId: string) => `${redis.prefix}user:${userId}`

  const forward = (userId: string, event: LiveEvent) => {
    const message = JSON.stringify({ from: instance, event })
    redis.publish(channelOf(userId), message).catch((error: unknown) => {
      log.debug('Other instances were not told.', { type: event.type, error })
    })
  }

  return {
    publish(userId, event) {
      local.publish(userId, event)
      forward(userId, event)
    },
    subscribe(userId, { listener, signal }) {
      local.subscribe(userId, { listener, signal })
      const hear = (text: string) => {
        const message = messageSchema.safeParse(JSON.parse(text))
        if (message.success && message.data.from !== instance) listener(message.data.event)
      }
      void redis.subscribe(channelOf(userId), { listener: hear, signal })
    },
  }
}
