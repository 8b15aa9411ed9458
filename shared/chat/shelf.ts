/** Lists that are no folder. No folder's id begins so. */
export const shelves = { list: '@list', pinned: '@pinned', archived: '@archived' } as const

/** Where a new chat stands. */
export const newChatPlace = {
  pinnedAt: null,
  archivedAt: null,
  folderId: null,
  unread: false,
} as const
