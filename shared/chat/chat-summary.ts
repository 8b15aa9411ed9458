import { z } from 'zod'
import type { ModelRef } from '../models/model-catalog'
import type { ChatMessage } from './message'

/** A chat as the sidebar lists it. Times are milliseconds since the epoch, UTC. */
export const chatSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** The run that is writing an answer just now, if any. */
  activeRunId: z.string().nullable(),
})
export type ChatSummary = z.infer<typeof chatSummarySchema>

export type ChatPage = { chats: ChatSummary[]; nextCursor: string | null }

/** A chat with the messages of its selected branch, oldest first. */
export type ChatDetail = ChatSummary & { model: ModelRef | null; messages: ChatMessage[] }

export const titleLengthMax = 120
