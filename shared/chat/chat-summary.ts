import type { ModelRef } from '../models/model-catalog'
import type { ChatMessage } from './message'

/** A chat as the sidebar lists it. Times are milliseconds since the epoch, UTC. */
export type ChatSummary = {
  id: string
  title: string
  createdAt: number
  updatedAt: number
  /** The run that is writing an answer just now, if any. */
  activeRunId: string | null
}

export type ChatPage = { chats: ChatSummary[]; nextCursor: string | null }

/** A chat with the messages of its selected branch, oldest first. */
export type ChatDetail = ChatSummary & { model: ModelRef | null; messages: ChatMessage[] }

export const titleLengthMax = 120
