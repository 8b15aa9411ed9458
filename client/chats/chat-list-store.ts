import type { ChatPage, ChatSummary } from '@/shared/chat/chat-summary'
import type { LiveEvent } from '@/shared/chat/live-event'
import type { ChatApi } from '../api/chat-api'

export type ChatListSnapshot = {
  /** The latest first. */
  readonly chats: readonly ChatSummary[]
  readonly hasMore: boolean
  readonly loadingMore: boolean
}

export type ChatListStore = {
  getSnapshot: () => ChatListSnapshot
  subscribe: (listener: () => void) => () => void
  /** The server-rendered first page; only the first counts. */
  seed: (page: ChatPage) => void
  /** Loads the first page again: events that were missed are made up for. */
  refresh: () => Promise<void>
  loadMore: () => Promise<void>
  /** Shown at once; taken back, and rejected with a `ProblemError`, when the server refuses. So are the next two. */
  rename: (chatId: string, title: string) => Promise<void>
  remove: (chatId: string) => Promise<void>
  /** Brings a removed chat back. */
  restore: (chatId: string) => Promise<void>
  upsert: (chat: ChatSummary) => void
  /** Marks the chat as being written in; `null` when it no longer is. */
  setActiveRun: (chatId: string, runId: string | null) => void
  apply: (event: LiveEvent) => void
}

/** The sidebar's chats: what the server said, with the changes that it has not confirmed yet laid over it. */
export function createChatListStore({ api }: { api: ChatApi }): ChatListStore {
  const listeners = new Set<() => void>()
  const known = new Map<string, ChatSummary>()
  const pendingTitles = new Map<string, string>()
  const pendingRemovals = new Set<string>()
  const removed = new Map<string, ChatSummary>()
  const lastChange: Record<'chat' | 'run' | 'removal', Map<string, number>> = {
    chat: new Map(),
    run: new Map(),
    removal: new Map(),
  }
  const lastJob = new Map<string, Promise<void>>()
  let nextCursor: string | null = null
  let nextPage: Promise<void> | undefined
  let isSeeded = false
  let changeCount = 0
  let snapshot: ChatListSnapshot = { chats: [], hasMore: false, loadingMore: false }

  function changed() {
    const chats = [...known.values()]
      .filter(({ id }) => !pendingRemovals.has(id))
      .map((chat) => ({ ...chat, title: pendingTitles.get(chat.id) ?? chat.title }))
      .toSorted(latestFirst)
    snapshot = { chats, hasMore: nextCursor !== null, loadingMore: nextPage !== undefined }
    for (const listener of listeners) listener()
  }

  /** Changes of one chat reach the server one after the other. */
  function inTurn(chatId: string, job: () => Promise<void>): Promise<void> {
    const before = lastJob.get(chatId) ?? Promise.resolve()
    const run = before.catch(() => undefined).then(job)
    lastJob.set(chatId, run)
    const tidy = () => {
      if (lastJob.get(chatId) === run) lastJob.delete(chatId)
    }
    run.then(tidy, tidy)
    return run
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
      if (here && isNewer('chat', chat.id, askedAt)) continue
      const { activeRunId } = here && isNewer('run', chat.id, askedAt) ? here : chat
      known.set(chat.id, { ...chat, activeRunId })
    }
  }

  /** The first page replaces what it covers; what was loaded below it stays if the two meet. */
  function takeFirstPage(page: ChatPage, askedAt: number) {
    const ids = new Set(page.chats.map(({ id }) => id))
    const last = page.chats.at(-1)
    const meets = [...known.keys()].some((id) => ids.has(id))
    const isWhole = page.nextCursor === null
    for (const chat of [...known.values()]) {
      const isCovered = isWhole || !meets || !last || latestFirst(chat, last) < 0
      if (isCovered && !ids.has(chat.id) && !isNewer('chat', chat.id, askedAt))
        known.delete(chat.id)
    }
    const loadedMore = [...known.keys()].some((id) => !ids.has(id))
    if (!loadedMore) ({ nextCursor } = page)
    addPage(page, askedAt)
  }

  /** Below the loaded part of the list nothing is added out of turn: loading more brings it. */
  function upsert(chat: ChatSummary) {
    const oldest = [...known.values()].toSorted(latestFirst).at(-1)
    const isBelow = nextCursor !== null && oldest && latestFirst(oldest, chat) < 0
    if (removed.has(chat.id) || (isBelow && !known.has(chat.id))) return
    note('chat', chat.id)
    known.set(chat.id, chat)
    changed()
  }

  function setActiveRun(chatId: string, runId: string | null) {
    const chat = known.get(chatId)
    note('run', chatId)
    if (!chat || chat.activeRunId === runId) return
    known.set(chatId, { ...chat, activeRunId: runId })
    changed()
  }

  function forget(chatId: string) {
    const chat = known.get(chatId)
    if (!chat) return
    note('removal', chatId)
    known.delete(chatId)
    removed.set(chatId, chat)
    changed()
  }

  async function loadNextPage(cursor: string) {
    const askedAt = changeCount
    try {
      const page = await api.listChats({ cursor })
      addPage(page, askedAt)
      nextCursor = page.nextCursor
    } finally {
      nextPage = undefined
      changed()
    }
  }

  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    seed: (page) => {
      if (isSeeded) return
      isSeeded = true
      takeFirstPage(page, changeCount)
      changed()
    },
    refresh: async () => {
      isSeeded = true
      const askedAt = changeCount
      takeFirstPage(await api.listChats({}), askedAt)
      changed()
    },
    loadMore: () => {
      if (nextCursor === null) return Promise.resolve()
      if (!nextPage) {
        nextPage = loadNextPage(nextCursor)
        changed()
      }
      return nextPage
    },
    rename: (chatId, title) => {
      pendingTitles.set(chatId, title)
      changed()
      return inTurn(chatId, async () => {
        try {
          const chat = await api.changeChat(chatId, { title })
          if (known.has(chatId)) {
            note('chat', chatId)
            known.set(chatId, chat)
          }
        } finally {
          if (pendingTitles.get(chatId) === title) pendingTitles.delete(chatId)
          changed()
        }
      })
    },
    remove: (chatId) => {
      pendingRemovals.add(chatId)
      changed()
      return inTurn(chatId, async () => {
        try {
          await api.removeChat(chatId)
          forget(chatId)
        } finally {
          pendingRemovals.delete(chatId)
          changed()
        }
      })
    },
    restore: (chatId) => {
      return inTurn(chatId, async () => {
        const kept = removed.get(chatId)
        removed.delete(chatId)
        if (kept) upsert(kept)
        try {
          upsert(await api.restoreChat(chatId))
        } catch (error) {
          forget(chatId)
          throw error
        }
      })
    },
    upsert,
    setActiveRun,
    apply: (event) => {
      switch (event.type) {
        case 'run-started':
          return setActiveRun(event.chatId, event.runId)
        case 'run-ended':
          if (known.get(event.chatId)?.activeRunId === event.runId) setActiveRun(event.chatId, null)
          return
        case 'chat-changed':
          // Also a chat that was removed here, when another tab brings it back.
          removed.delete(event.chat.id)
          return upsert(event.chat)
        case 'chat-removed':
          return forget(event.chatId)
        case 'chats-changed':
          for (const chat of event.chats) {
            removed.delete(chat.id)
            upsert(chat)
          }
          return
        case 'chats-removed':
          return event.chatIds.forEach(forget)
        case 'folders-changed':
          return
        case 'queue-changed':
        case 'settings-changed':
        case 'branch-selected':
          return
      }
    },
  }
}

/** The order of the list, as the server pages it. */
function latestFirst(left: ChatSummary, right: ChatSummary): number {
  return right.updatedAt - left.updatedAt || (left.id < right.id ? 1 : -1)
}
