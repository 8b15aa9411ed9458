import 'server-only'
import type { LiveEvent } from '@/shared/chat/live-event'

/** What a user's other tabs and devices are told (docs/protocol.md § 2). Lost events are made up for by a reload of the list. */
export interface LiveEvents {
  publish(userId: string, event: LiveEvent): void
  /** Calls `listener` with each later event of the user, until `signal` fires. */
  subscribe(
    userId: string,
    options: { listener: (event: LiveEvent) => void; signal: AbortSignal },
  ): void
}
