import type { ChatPage, ChatSummary, Folder, SidebarPages } from '@/shared/chat/chat-summary'
import type { LiveEvent } from '@/shared/chat/live-event'
import { shelves } from '@/shared/chat/shelf'
import type { ListApi } from '../api/list-api'
import { ChangeClock } from './change-clock'
import { latestFirst } from './chat-order'
import { ChatShelves, type Overlay } from './chat-shelves'
import { FolderList, type FolderChange } from './folder-list'
import type { Shelf, ShelfSnapshot } from './shelf'

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

/** The sidebar's chats, as the server pages and tells of them. */
export function createChatListStore({
  api,
}: {
  api: Pick<ListApi, 'listChats' | 'loadSidebar'>
}): ChatListStore {
  const listeners = new Set<() => void>()
  const clock = new ChangeClock()
  const folderList = new FolderList({ onOthers: () => chatShelves.placeFoldered() })
  const chatShelves = new ChatShelves({ hasFolder: (id) => folderList.shows(id) })
  const removed = new Map<string, ChatSummary>()
  let isSeeded = false

  function tell() {
    for (const listener of listeners) listener()
  }

  /** A removed chat that a later page shows has been brought back elsewhere. */
  function addPage(page: ChatPage, askedAt: number) {
    for (const chat of page.chats) {
      if (clock.hasChangedSince(askedAt, 'removal', chat.id)) continue
      removed.delete(chat.id)
      const here = chatShelves.known(chat.id)
      if (here && clock.hasChangedSince(askedAt, 'chat', chat.id)) chatShelves.place(chat.id)
      else if (here && clock.hasChangedSince(askedAt, 'run', chat.id))
        chatShelves.set({ ...chat, activeRunId: here.activeRunId, unread: here.unread })
      else chatShelves.set(chat)
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
      const isKept =
        chatShelves.isBeingChanged(chat.id) || clock.hasChangedSince(askedAt, 'chat', chat.id)
      if (isCovered && !ids.has(chat.id) && !isKept) chatShelves.drop(chat.id)
    }
    const hasLoadedMore = shelf.chats.some(({ id }) => !ids.has(id))
    if (!hasLoadedMore || shelf.cursor === undefined) shelf.extendTo(page)
    addPage(page, askedAt)
  }

  function takeSidebar({ folders, list, pinned, opened }: SidebarPages, askedAt: number) {
    if (!clock.hasChangedSince(askedAt, 'folders')) setFolders(folders)
    takeFirstPage(chatShelves.named(shelves.list), list, askedAt)
    takeFirstPage(chatShelves.named(shelves.pinned), pinned, askedAt)
    for (const [id, page] of Object.entries(opened))
      takeFirstPage(chatShelves.named(id), page, askedAt)
  }

  async function loadPage(name: string, shelf: Shelf) {
    const askedAt = clock.now
    const { cursor } = shelf
    const page = await api.listChats({ cursor, shelf: name, ...(cursor && { limit: 100 }) })
    if (cursor === undefined) return takeFirstPage(shelf, page, askedAt)
    shelf.extendTo(page)
    addPage(page, askedAt)
  }

  async function refresh() {
    isSeeded = true
    const askedAt = clock.now
    const [pages] = await Promise.all([
      api.loadSidebar({ open: chatShelves.openFolders() }),
      refreshArchive(askedAt),
    ])
    takeSidebar(pages, askedAt)
    tell()
  }

  async function refreshArchive(askedAt: number) {
    const archive = chatShelves.named(shelves.archived)
    if (archive.cursor === undefined) return
    takeFirstPage(archive, await api.listChats({ shelf: shelves.archived }), askedAt)
  }

  function upsert(chat: ChatSummary) {
    if (removed.has(chat.id)) return
    clock.note('chat', chat.id)
    chatShelves.set(chat)
    tell()
  }

  function bringBack(chat: ChatSummary) {
    removed.delete(chat.id)
    upsert(chat)
  }

  function setActiveRun(chatId: string, runId: string | null) {
    const chat = chatShelves.known(chatId)
    clock.note('run', chatId)
    if (!chat || chat.activeRunId === runId) return
    chatShelves.set({ ...chat, activeRunId: runId })
    tell()
  }

  function endRun(chatId: string, { runId, unread }: { runId: string; unread: boolean }) {
    const chat = chatShelves.known(chatId)
    clock.note('run', chatId)
    if (!chat) return
    const activeRunId = chat.activeRunId === runId ? null : chat.activeRunId
    chatShelves.set({ ...chat, activeRunId, unread: chat.unread || unread })
    tell()
  }

  function forget(chatId: string) {
    const chat = chatShelves.known(chatId)
    clock.note('removal', chatId)
    if (!chat) return
    removed.set(chatId, chat)
    chatShelves.drop(chatId)
    tell()
  }

  /** Answers whether one is gone. */
  function setFolders(folders: readonly Folder[]): boolean {
    const gone = folderList.take(folders)
    for (const id of gone) chatShelves.emptyFolder(id)
    return gone.length > 0
  }

  function takeFolders(folders: readonly Folder[]) {
    clock.note('folders')
    if (setFolders(folders)) startOver()
    tell()
  }

  /** The chats of a folder that is gone may have come into the list anywhere. */
  function startOver() {
    const list = chatShelves.named(shelves.list)
    list.startOver()
    void api
      .listChats({ shelf: shelves.list })
      .then((page) => {
        takeFirstPage(list, page, clock.now)
        for (const chat of [...list.chats]) if (!list.reaches(chat)) chatShelves.drop(chat.id)
        tell()
      })
      .catch(() => undefined)
  }

  /** Tells of a change that is laid over the list, and of its end. */
  function laid(lift: () => void): () => void {
    tell()
    return () => {
      lift()
      tell()
    }
  }

  function apply(event: LiveEvent): void {
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
      case 'models-changed':
      case 'chat-settings-changed':
      case 'presets-changed':
      case 'prompts-changed':
      case 'branch-selected':
      case 'comparison-changed':
        return
    }
  }

  return {
    shelf: (name) => chatShelves.named(name).snapshot,
    folders: () => folderList.shown,
    chat: (chatId) => chatShelves.shown(chatId),
    chats: () => chatShelves.all,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    seed: (pages) => {
      if (isSeeded) return
      isSeeded = true
      takeSidebar(pages, clock.now)
    },
    refresh,
    loadMore: (name) => {
      const shelf = chatShelves.named(name)
      if (shelf.cursor === null) return Promise.resolve()
      return shelf.load(() => loadPage(name, shelf), tell)
    },
    upsert,
    bringBack,
    learn: ({ id, title, createdAt, updatedAt, activeRunId, ...rest }) => {
      if (chatShelves.known(id) || removed.has(id)) return
      const { pinnedAt, archivedAt, folderId, unread } = rest
      const where = { pinnedAt, archivedAt, folderId, unread }
      chatShelves.set({ id, title, createdAt, updatedAt, activeRunId, ...where })
      tell()
    },
    forget,
    removed: (chatId) => removed.get(chatId),
    setActiveRun,
    apply,
    takeFolders,
    lay: (chatIds, overlay) => laid(chatShelves.lay(chatIds, overlay)),
    layFolders: (change) => laid(folderList.lay(change)),
  }
}
