import type { LiveEvent } from '@/shared/chat/live-event'

const listeners = new Set<(event: LiveEvent) => void>()

/** Live events in the one tab that hears them from the server: for what should happen once, not once a tab. */
export const firstHand = {
  tell: (event: LiveEvent): void => {
    for (const listener of listeners) listener(event)
  },
  subscribe: (listener: (event: LiveEvent) => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}
