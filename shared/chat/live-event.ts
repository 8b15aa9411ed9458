import * as z from 'zod/mini'
import { chatSummarySchema } from './chat-summary'

/** What `GET /api/events` tells a user's tabs and devices (docs/protocol.md § 2). */
export const liveEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run-started'), chatId: z.string(), runId: z.string() }),
  z.object({
    type: z.literal('run-ended'),
    chatId: z.string(),
    runId: z.string(),
    status: z.enum(['done', 'stopped', 'failed', 'interrupted']),
  }),
  z.object({ type: z.literal('chat-changed'), chat: chatSummarySchema }),
  z.object({ type: z.literal('chat-removed'), chatId: z.string() }),
  z.object({ type: z.literal('queue-changed'), chatId: z.string() }),
  /** Not what they are now: they may hold what the user tells the model, and are asked for. */
  z.object({ type: z.literal('settings-changed') }),
  z.object({ type: z.literal('branch-selected'), chatId: z.string(), leafId: z.string() }),
])
export type LiveEvent = z.infer<typeof liveEventSchema>
