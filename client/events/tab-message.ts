import * as z from 'zod/mini'
import { liveEventSchema } from '@/shared/chat/live-event'

/** What the tab that holds the feed tells the others. */
export const tabMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connected') }),
  z.object({ type: z.literal('event'), event: liveEventSchema }),
])
export type TabMessage = z.infer<typeof tabMessageSchema>
