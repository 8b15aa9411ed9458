'use client'

import { useSyncExternalStore } from 'react'
import type { ChatSession } from '../chat-session'
import type { Queue } from './queue-cell'

/** What waits to be sent, first to last. */
export function useQueue({ queue }: ChatSession): Queue {
  return useSyncExternalStore(
    queue.subscribe,
    () => queue.shown,
    () => queue.seed,
  )
}
