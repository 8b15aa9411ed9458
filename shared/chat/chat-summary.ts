import * as z from 'zod/mini'
import type { ModelRef } from '../models/model-catalog'
import type { ChatMessage } from './message'
import type { QueuedMessage } from './queued-message'

/** A chat as the sidebar lists it. Times are milliseconds since the epoch, UTC. */
export const chatSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** The run that is writing an answer just now, if any. */
  activeRunId: z.nullable(z.string()),
  pinnedAt: z.nullable(z.number()),
  archivedAt: z.nullable(z.number()),
  folderId: z.nullable(z.string()),
  /** Whether an answer has ended that nobody has looked at since. */
  unread: z.boolean(),
})
export type ChatSummary = z.infer<typeof chatSummarySchema>

export const folderSchema = z.object({ id: z.string(), name: z.string() })
export type Folder = z.infer<typeof folderSchema>

export type ChatPage = { chats: ChatSummary[]; nextCursor: string | null }

/** The first page of each list that the sidebar shows, and the folders in their order. */
export type SidebarPages = {
  list: ChatPage
  pinned: ChatPage
  folders: Folder[]
  /** Of the folders that are open, by their ids. */
  opened: Record<string, ChatPage>
}

/**
 * Neighbouring messages of one branch, oldest first, in whole turns; `hasEarlier` when the branch began before them. Of
 * each message among them that has siblings, `forks` has the ids of all of them and of itself, oldest first.
 */
export type MessagePage = {
  messages: ChatMessage[]
  hasEarlier: boolean
  forks?: string[][] | undefined
}

/** A chat with the newest messages of its selected branch. */
export type ChatDetail = ChatSummary &
  MessagePage & {
    model: ModelRef | null
    /** What waits to be sent, first to last; left out where nothing does. */
    queue?: QueuedMessage[] | undefined
    /** The active run writes on another branch than the selected one. */
    activeElsewhere?: boolean | undefined
    /** The last answer and its siblings are being compared: none of them was gone on with yet. */
    comparing?: boolean | undefined
  }
