'use client'

import { createContext, use, useSyncExternalStore } from 'react'
import type { ChatPage, ChatSummary, Folder, SidebarPages } from '@/shared/chat/chat-summary'
import { shelves } from '@/shared/chat/shelf'
import { isBrowser } from '../browser/browser-environment'
import { holdLiveEvents } from '../events/hold-live-events'
import type { ChatListStore } from './chat-list-store'
import type { ShelfSnapshot } from './shelf'
import { shownList } from './shown-list'
import { emptyPage, emptySidebar } from '@/shared/chat/empty-sidebar'

/** The server-rendered first pages, for everything below them. */
export const ChatListSeed = createContext(emptySidebar)

/** One of the sidebar's lists, live: from what the server rendered on, with what happens in other tabs and devices. */
export function useShelf(name: string): ShelfSnapshot {
  return useList(
    (list) => list.shelf(name),
    (seed) => snapshotOf(pageOf(seed, name)),
  )
}

export function useFolders(): readonly Folder[] {
  return useList(
    (list) => list.folders(),
    ({ folders }) => folders,
  )
}

/** A chat as the list knows it. */
export function useListedChat(chatId: string | undefined): ChatSummary | undefined {
  return useList(
    (list) => (chatId === undefined ? undefined : list.chat(chatId)),
    ({ list, pinned, opened }) =>
      [list, pinned, ...Object.values(opened)]
        .flatMap(({ chats }) => chats)
        .find(({ id }) => id === chatId),
  )
}

function useList<Value>(
  now: (list: ChatListStore) => Value,
  atFirst: (seed: SidebarPages) => Value,
): Value {
  const seed = use(ChatListSeed)
  if (isBrowser) shownList.seed(seed)
  const first = () => atFirst(seed)
  const snapshot = () => {
    const list = shownList.store()
    return list ? now(list) : first()
  }
  return useSyncExternalStore(subscribe, snapshot, first)
}

function subscribe(listener: () => void): () => void {
  const letGo = holdLiveEvents()
  const unsubscribe = shownList.subscribe(listener)
  return () => {
    unsubscribe()
    letGo()
  }
}

function pageOf({ list, pinned, opened }: SidebarPages, name: string): ChatPage {
  if (name === shelves.list) return list
  return (name === shelves.pinned ? pinned : opened[name]) ?? emptyPage
}

const snapshots = new WeakMap<ChatPage, ShelfSnapshot>()

/** The same object for the same page, as React asks of a snapshot. */
function snapshotOf(page: ChatPage): ShelfSnapshot {
  const known = snapshots.get(page)
  if (known) return known
  const snapshot = { chats: page.chats, hasMore: page.nextCursor !== null, loadingMore: false }
  snapshots.set(page, snapshot)
  return snapshot
}
