'use client'

import { createContext, use, useSyncExternalStore } from 'react'
import type { ChatPage } from '@/shared/chat/chat-summary'
import { isBrowser } from '../browser/browser-environment'
import { holdLiveEvents } from '../events/hold-live-events'
import { chatList } from './chat-list'
import type { ChatListSnapshot, ChatListStore } from './chat-list-store'

/** The server-rendered first page, for everything below it. */
export const ChatListSeed = createContext<ChatPage>({ chats: [], nextCursor: null })

export type ChatList = ChatListSnapshot &
  Pick<ChatListStore, 'loadMore' | 'rename' | 'remove' | 'restore'>

const { loadMore, rename, remove, restore } = chatList

/** The sidebar's chats, live: from the server-rendered first page on, with what happens in other tabs and devices. */
export function useChatList(): ChatList {
  const firstPage = use(ChatListSeed)
  if (isBrowser) chatList.seed(firstPage)
  const snapshot = useSyncExternalStore(subscribe, chatList.getSnapshot, () =>
    snapshotOf(firstPage),
  )
  return { ...snapshot, loadMore, rename, remove, restore }
}

function subscribe(listener: () => void): () => void {
  const letGo = holdLiveEvents()
  const unsubscribe = chatList.subscribe(listener)
  return () => {
    unsubscribe()
    letGo()
  }
}

const snapshots = new WeakMap<ChatPage, ChatListSnapshot>()

/** The same object for the same page, as React asks of a snapshot. */
function snapshotOf(page: ChatPage): ChatListSnapshot {
  const known = snapshots.get(page)
  if (known) return known
  const snapshot = { chats: page.chats, hasMore: page.nextCursor !== null, loadingMore: false }
  snapshots.set(page, snapshot)
  return snapshot
}
