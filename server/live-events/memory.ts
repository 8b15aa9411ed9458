import 'server-only'
import type { LiveEvent } from '@/shared/chat/live-event'
import type { LiveEvents } from './live-events'

/** The live events of one process. */
export function createMemoryLiveEvents(): LiveEvents {
  const listenersOf = new Map<string, Set<(event: LiveEvent) => void>>()

  return {
    publish(userId, event) {
      for (const listener of listenersOf.get(userId) ?? []) listener(event)
    },
    subscribe(userId, { listener, signal }) {
      if (signal.aborted) return
      const listeners = listenersOf.get(userId) ?? new Set()
      listenersOf.set(userId, listeners.add(listener))
      signal.addEventListener(
        'abort',
        () => {
          listeners.delete(listener)
          if (listeners.size === 0 && listenersOf.get(userId) === listeners)
            listenersOf.delete(userId)
        },
        { once: true },
      )
    },
  }
}
