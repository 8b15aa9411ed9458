import * as z from 'zod/mini'
import { chatSummarySchema, folderSchema } from './chat-summary'

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
  z.object({ type: z.literal('chat-settings-changed'), chatId: z.string() }),
  z.object({ type: z.literal('presets-changed') }),
  z.object({ type: z.literal('prompts-changed') }),
  /** The user's own endpoints did; the catalog is asked for. */
  z.object({ type: z.literal('models-changed') }),
  z.object({ type: z.literal('branch-selected'), chatId: z.string(), leafId: z.string() }),
  /** An answer more is being written to a message, beside the others. */
  z.object({ type: z.literal('comparison-changed'), chatId: z.string() }),
  /** Of many chats at once. */
  z.object({ type: z.literal('chats-changed'), chats: z.array(chatSummarySchema) }),
  z.object({ type: z.literal('chats-removed'), chatIds: z.array(z.string()) }),
  /** All folders of the user as they are now. */
  z.object({ type: z.literal('folders-changed'), folders: z.array(folderSchema) }),
])
export type LiveEvent = z.infer<typeof liveEventSchema>
