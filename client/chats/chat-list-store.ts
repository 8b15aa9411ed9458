import type { ChatPage, ChatSummary, Folder, SidebarPages } from '@/shared/chat/chat-summary'
import type { LiveEvent } from '@/shared/chat/live-event'
import { shelfOf, shelves } from '@/shared/chat/shelf'
import type { ListApi } from '../api/list-api'
import { sameValue } from '../chat/same-value'
import { indexFor, latestFirst } from './chat-order'

/** One of the sidebar's lists: `shared/chat/shelf.ts` says which there are. */
export type ShelfSnapshot = {
  /** The latest first. */
  readonly chats: readonly ChatSummary[]
  readonly hasMore: boolean
  readonly loadingMore: boolean
}

/** What a change that the server has not confirmed yet makes of a chat. */
export type Overlay = Partial<ChatSummary> & { removed?: boolean }

export type ChatListStore = {
  /** The same object until something of it changes. */
  shelf: (name: string) => ShelfSnapshot
  folders: () => readonly Folder[]
  /** A chat as it is shown; nothing for one that is not known, or removed. */
  chat: (chatId: string) => ChatSummary | undefined
  /** All that are known, in no order, as the server has them. */
  chats: () => Iterable<ChatSummary>
  subscribe: (listener: () => void) => () => void
  /** The server-rendered first pages; only the first count. */
  seed: (pages: SidebarPages) => void
  /** Loads the first pages again: events that were missed are made up for. */
  refresh: () => Promise<void>
  /** The next page of a list; the first of one that was not loaded. */
  loadMore: (shelf: string) => Promise<void>
  /** What the server says of a chat. */
  upsert: (chat: ChatSummary) => void
  /** The same of a chat that may have been removed here before. */
  bringBack: (chat: ChatSummary) => void
  /** Notes of a chat what a page that shows it knows, unless the list knows more. */
  learn: (chat: ChatSummary) => void
  /** The chat is gone. Answers what it was. */
  forget: (chatId: string) => void
  removed: (chatId: string) => ChatSummary | undefined
  /** Marks the chat as being written in; `null` when it no longer is. */
  setActiveRun: (chatId: string, runId: string | null) => void
  apply: (event: LiveEvent) => void
  takeFolders: (folders: readonly Folder[]) => void
  /** Shows a change before the server has confirmed it. Answers what takes it off again. */
  lay: (chatIds: readonly string[], overlay: Overlay) => () => void
  layFolders: (change: FolderChange) => () => void
}

type FolderChange = (folders: readonly Folder[]) => readonly Folder[]

type Shelf = {
  chats: ChatSummary[]
  /** Where the next page begins; `null` at the end, `undefined` before the first. */
  cursor: string | null | undefined
  /** The last chat of the pages that were loaded. */
  last: ChatSummary | undefined
  loading: Promise<void> | undefined
  snapshot: ShelfSnapshot | undefined
}

/**
 * The sidebar's chats: what the server said, with the changes that it has not confirmed yet laid over it. Each list is kept
 * in order, so that a change costs the same however many chats there are.
 */
export function createChatListStore({
  api,
}: {
  api: Pick<ListApi, 'listChats' | 'loadSidebar'>
}): ChatListStore {
  const listeners = new Set<() => void>()
  const known = new Map<string, ChatSummary>()
  const removed = new Map<string, ChatSummary>()
  const overlays = new Map<string, Overlay[]>()
  const placed = new Map<string, { shelf: Shelf; chat: ChatSummary }>()
  const shelfs = new Map<string, Shelf>()
  const lastChange: Record<'chat' | 'run' | 'removal', Map<string, number>> = {
    chat: new Map(),
    run: new Map(),
    removal: new Map(),
  }
  let knownFolders: readonly Folder[] = []
  let shownFolders: readonly Folder[] = []
  const folderChanges: FolderChange[] = []
  let foldersChangedAt = 0
  let isSeeded = false
  let changeCount = 0

  function shelfNamed(name: string): Shelf {
    const made = shelfs.get(name)
    if (made) return made
    const shelf: Shelf = {
      chats: [],
      cursor: undefined,
      last: undefined,
      loading: undefined,
      snapshot: undefined,
    }
    shelfs.set(name, shelf)
    return shelf
  }

  function tell() {
    for (const listener of listeners) listener()
  }

  function shownAs(chatId: string): ChatSummary | undefined {
    const chat = known.get(chatId)
    const changes = overlays.get(chatId)
    if (!chat || !changes) return chat
    const { removed: isRemoved, ...shown } = Object.assign({}, chat, ...changes) as ChatSummary &
      Overlay
    return isRemoved ? undefined : shown
  }

  /** A folder that is not known, because it was deleted elsewhere, is none. */
  function shelfFor(chat: ChatSummary): Shelf {
    const name = shelfOf(chat)
    const isFolder = name === chat.folderId
    return shelfNamed(isFolder && !hasFolder(shownFolders, name) ? shelves.list : name)
  }

  /** Puts a chat where it belongs. Below the loaded part of a list nothing is added out of turn: loading more brings it. */
  function place(chatId: string) {
    const chat = shownAs(chatId)
    const shelf = chat && shelfFor(chat)
    const before = placed.get(chatId)
    if (before && chat && before.shelf === shelf && sameValue(before.chat, chat)) return
    if (before) {
      before.shelf.chats.splice(indexFor(before.shelf.chats, before.chat), 1)
      before.shelf.snapshot = undefined
      placed.delete(chatId)
    }
    if (!chat || !shelf) return
    const isBelow = shelf.cursor && shelf.last && latestFirst(shelf.last, chat) < 0
    if (isBelow) return
    shelf.chats.splice(indexFor(shelf.chats, chat), 0, chat)
    shelf.snapshot = undefined
    placed.set(chatId, { shelf, chat })
  }

  function set(chat: ChatSummary) {
    known.set(chat.id, chat)
    place(chat.id)
  }

  function drop(chatId: string) {
    known.delete(chatId)
    place(chatId)
  }

  function note(kind: keyof typeof lastChange, chatId: string) {
    changeCount += 1
    lastChange[kind].set(chatId, changeCount)
  }

  function isNewer(kind: keyof typeof lastChange, chatId: string, askedAt: number): boolean {
    return (lastChange[kind].get(chatId) ?? 0) > askedAt
  }

  /**
   * What was heard since a page was asked for may be newer than the page. A removed chat that a later page shows has
   * been brought back elsewhere.
   */
  function addPage(page: ChatPage, askedAt: number) {
    for (const chat of page.chats) {
      if (isNewer('removal', chat.id, askedAt)) continue
      removed.delete(chat.id)
      const here = known.get(chat.id)
      if (here && isNewer('chat', chat.id, askedAt)) place(chat.id)
      else if (here && isNewer('run', chat.id, askedAt))
        set({ ...chat, activeRunId: here.activeRunId, unread: here.unread })
      else set(chat)
    }
  }

  /** The first page replaces what it covers; what was loaded below it stays if the two meet. */
  function takeFirstPage(shelf: Shelf, page: ChatPage, askedAt: number) {
    const ids = new Set(page.chats.map(({ id }) => id))
    const last = page.chats.at(-1)
    const meets = shelf.chats.some(({ id }) => ids.has(id))
    const isWhole = page.nextCursor === null
    for (const chat of [...shelf.chats]) {
      const isCovered = isWhole || !meets || !last || latestFirst(chat, last) < 0
      const isKept = overlays.has(chat.id) || isNewer('chat', chat.id, askedAt)
      if (isCovered && !ids.has(chat.id) && !isKept) drop(chat.id)
    }
    const loadedMore = shelf.chats.some(({ id }) => !ids.has(id))
    if (!loadedMore || shelf.cursor === undefined) reach(shelf, page)
    addPage(page, askedAt)
  }

  function reach(shelf: Shelf, page: ChatPage) {
    shelf.cursor = page.nextCursor
    shelf.last = page.chats.at(-1) ?? shelf.last
    shelf.snapshot = undefined
  }

  function takeSidebar({ folders, list, pinned, opened }: SidebarPages, askedAt: number) {
    if (foldersChangedAt <= askedAt) setFolders(folders)
    takeFirstPage(shelfNamed(shelves.list), list, askedAt)
    takeFirstPage(shelfNamed(shelves.pinned), pinned, askedAt)
    for (const [id, page] of Object.entries(opened)) takeFirstPage(shelfNamed(id), page, askedAt)
  }

  function upsert(chat: ChatSummary) {
    if (removed.has(chat.id)) return
    note('chat', chat.id)
    set(chat)
    tell()
  }

  function bringBack(chat: ChatSummary) {
    removed.delete(chat.id)
    upsert(chat)
  }

  function setActiveRun(chatId: string, runId: string | null) {
    const chat = known.get(chatId)
    note('run', chatId)
    if (!chat || chat.activeRunId === runId) return
    set({ ...chat, activeRunId: runId })
    tell()
  }

  function endRun(chatId: string, { runId, unread }: { runId: string; unread: boolean }) {
    const chat = known.get(chatId)
    note('run', chatId)
    if (!chat) return
    const activeRunId = chat.activeRunId === runId ? null : chat.activeRunId
    set({ ...chat, activeRunId, unread: chat.unread || unread })
    tell()
  }

  function forget(chatId: string) {
    const chat = known.get(chatId)
    note('removal', chatId)
    if (!chat) return
    removed.set(chatId, chat)
    drop(chatId)
    tell()
  }

  function setFolders(folders: readonly Folder[]) {
    const gone = knownFolders.filter(({ id }) => !hasFolder(folders, id))
    knownFolders = folders
    showFolders()
    for (const { id } of gone) emptyFolder(id)
  }

  /** The order of its chats among those of the list is the server's to say. */
  function emptyFolder(folderId: string) {
    for (const chat of [...known.values()])
      if (chat.folderId === folderId) set({ ...chat, folderId: null })
    shelfs.delete(folderId)
  }

  function showFolders() {
    const shown = folderChanges.reduce((folders, change) => change(folders), knownFolders)
    if (sameValue(shown, shownFolders)) return
    const before = shownFolders
    shownFolders = shown
    if (before.length === shown.length && before.every(({ id }) => hasFolder(shown, id))) return
    for (const { id, folderId } of [...known.values()]) if (folderId !== null) place(id)
  }

  async function loadPage(name: string, shelf: Shelf) {
    const askedAt = changeCount
    try {
      const { cursor } = shelf
      const page = await api.listChats({ cursor, shelf: name, ...(cursor && { limit: 100 }) })
      if (cursor === undefined) takeFirstPage(shelf, page, askedAt)
      else {
        reach(shelf, page)
        addPage(page, askedAt)
      }
    } finally {
      shelf.loading = undefined
      shelf.snapshot = undefined
      tell()
    }
  }

  async function refresh() {
    isSeeded = true
    const askedAt = changeCount
    const open = [...shelfs].filter(([name, { cursor }]) => cursor !== undefined && !isFixed(name))
    const [pages] = await Promise.all([
      api.loadSidebar({ open: open.map(([name]) => name) }),
      refreshArchive(askedAt),
    ])
    takeSidebar(pages, askedAt)
    tell()
  }

  async function refreshArchive(askedAt: number) {
    const archive = shelfNamed(shelves.archived)
    if (archive.cursor === undefined) return
    takeFirstPage(archive, await api.listChats({ shelf: shelves.archived }), askedAt)
  }

  return {
    shelf: (name) => {
      const shelf = shelfNamed(name)
      shelf.snapshot ??= {
        chats: [...shelf.chats],
        hasMore: shelf.cursor !== null,
        loadingMore: shelf.loading !== undefined,
      }
      return shelf.snapshot
    },
    folders: () => shownFolders,
    chat: (chatId) => placed.get(chatId)?.chat ?? shownAs(chatId),
    chats: () => known.values(),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    seed: (pages) => {
      if (isSeeded) return
      isSeeded = true
      takeSidebar(pages, changeCount)
    },
    refresh,
    loadMore: (name) => {
      const shelf = shelfNamed(name)
      if (shelf.cursor === null) return Promise.resolve()
      if (!shelf.loading) {
        shelf.loading = loadPage(name, shelf)
        shelf.snapshot = undefined
        tell()
      }
      return shelf.loading
    },
    upsert,
    bringBack,
    learn: ({ id, title, createdAt, updatedAt, activeRunId, ...rest }) => {
      if (known.has(id) || removed.has(id)) return
      const { pinnedAt, archivedAt, folderId, unread } = rest
      const where = { pinnedAt, archivedAt, folderId, unread }
      set({ id, title, createdAt, updatedAt, activeRunId, ...where })
      tell()
    },
    forget,
    removed: (chatId) => removed.get(chatId),
    setActiveRun,
    apply: (event) => {
      switch (event.type) {
        case 'run-started':
          return setActiveRun(event.chatId, event.runId)
        case 'run-ended':
          // Who stops an answer has seen it.
          return endRun(event.chatId, { runId: event.runId, unread: event.status !== 'stopped' })
        case 'chat-changed':
          // Also a chat that was removed here, when another tab brings it back.
          return bringBack(event.chat)
        case 'chats-changed':
          return event.chats.forEach(bringBack)
        case 'chat-removed':
          return forget(event.chatId)
        case 'chats-removed':
          return event.chatIds.forEach(forget)
        case 'folders-changed':
          return takeFolders(event.folders)
        case 'queue-changed':
        case 'settings-changed':
        case 'branch-selected':
          return
      }
    },
    takeFolders,
    lay: (chatIds, overlay) => {
      for (const id of chatIds) overlays.set(id, [...(overlays.get(id) ?? []), overlay])
      chatIds.forEach(place)
      tell()
      return () => {
        for (const id of chatIds) lift(id, overlay)
        chatIds.forEach(place)
        tell()
      }
    },
    layFolders: (change) => {
      folderChanges.push(change)
      showFolders()
      tell()
      return () => {
        folderChanges.splice(folderChanges.indexOf(change), 1)
        showFolders()
        tell()
      }
    },
  }

  function takeFolders(folders: readonly Folder[]) {
    const isOneGone = knownFolders.some(({ id }) => !hasFolder(folders, id))
    changeCount += 1
    foldersChangedAt = changeCount
    setFolders(folders)
    if (isOneGone) startOver()
    tell()
  }

  /** Chats that are not known here may have come into the list anywhere. */
  function startOver() {
    const list = shelfNamed(shelves.list)
    list.cursor = undefined
    void api
      .listChats({ shelf: shelves.list })
      .then((page) => {
        takeFirstPage(list, page, changeCount)
        for (const { id } of [...list.chats]) restrict(id, list)
        tell()
      })
      .catch(() => undefined)
  }

  /** Takes out of a list what stands below its first page. */
  function restrict(chatId: string, list: Shelf) {
    const chat = known.get(chatId)
    if (list.cursor && list.last && chat && latestFirst(list.last, chat) < 0) drop(chatId)
  }

  function lift(chatId: string, overlay: Overlay) {
    const left = overlays.get(chatId)?.filter((each) => each !== overlay) ?? []
    if (left.length > 0) overlays.set(chatId, left)
    else overlays.delete(chatId)
  }
}

function hasFolder(folders: readonly Folder[], folderId: string): boolean {
  return folders.some(({ id }) => id === folderId)
}

function isFixed(name: string): boolean {
  return name.startsWith('@')
}
