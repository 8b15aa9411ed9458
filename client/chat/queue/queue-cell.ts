import type { QueuedMessage } from '@/shared/chat/queued-message'
import { sameValue } from '../same-value'

export type Queue = readonly QueuedMessage[]
export type QueueChange = (queue: Queue) => Queue

/** What waits in a chat, as it is shown: what the server said, and over it the changes that it has not confirmed yet. */
export type QueueCell = {
  readonly seed: Queue
  readonly shown: Queue
  subscribe: (listener: () => void) => () => void
  take: (known: Queue) => void
  /** Shows a change at once. The function that it returns ends that, with what the server says now, if it said anything. */
  lay: (change: QueueChange) => (known?: Queue) => void
}

export function createQueueCell(seed: Queue = []): QueueCell {
  const listeners = new Set<() => void>()
  const laid = new Set<QueueChange>()
  let known = seed
  let shown = seed

  function show() {
    const next = [...laid].reduce((queue, change) => change(queue), known)
    // The server is asked again at many an occasion, and mostly says the same.
    if (sameValue(next, shown)) return
    shown = next
    for (const listener of listeners) listener()
  }

  return {
    seed,
    get shown() {
      return shown
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    take: (queue) => {
      known = queue
      show()
    },
    lay: (change) => {
      laid.add(change)
      show()
      return (queue = known) => {
        known = queue
        laid.delete(change)
        show()
      }
    },
  }
}
