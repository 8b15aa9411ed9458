import type { ChatSummary } from './chat-summary'

/** Lists that are no folder. No folder's id begins so. */
export const shelves = { list: '@list', pinned: '@pinned', archived: '@archived' } as const

/** The list that a chat stands in: one of the above, or its folder's id. The database says the same, see `server/db/shelf.ts`. */
export function shelfOf(chat: Pick<ChatSummary, 'archivedAt' | 'pinnedAt' | 'folderId'>): string {
  if (chat.archivedAt !== null) return shelves.archived
  if (chat.pinnedAt !== null) return shelves.pinned
  return chat.folderId ?? shelves.list
}

/** Where a new chat stands. */
export const newChatPlace = {
  pinnedAt: null,
  archivedAt: null,
  folderId: null,
  unread: false,
} as const
