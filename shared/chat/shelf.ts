import type { ChatSummary } from './chat-summary'

/** Lists that are no folder. No folder's id begins so. */
export const shelves = { list: '@list', pinned: '@pinned', archived: '@archived' } as const

/** The list that a chat stands in: one of the above, or its folder's id. `server/db/shelf.ts` says the same in SQL. */
export function shelfOf({
  archivedAt,
  pinnedAt,
  folderId,
}: Pick<ChatSummary, 'archivedAt' | 'pinnedAt' | 'folderId'>): string {
  if (archivedAt !== null) return shelves.archived
  if (pinnedAt !== null) return shelves.pinned
  return folderId ?? shelves.list
}

/** Where a new chat stands. */
export const newChatPlace = {
  pinnedAt: null,
  archivedAt: null,
  folderId: null,
  unread: false,
} as const
