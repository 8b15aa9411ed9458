import type { ChatSummary, SidebarPages } from '@/shared/chat/chat-summary'
import { emptySidebar } from '@/shared/chat/empty-sidebar'
import type { ChatListStore } from './chat-list-store'

let store: ChatListStore | undefined
let loading: Promise<ChatListStore> | undefined
let pages: SidebarPages | undefined
const learned: ChatSummary[] = []
const listeners = new Set<() => void>()

/** The one list of this tab. What the server rendered is all of it until something changes: then it is loaded. */
export const chatList = {
  /** Nothing before that. */
  store: () => store,
  whole: (): Promise<ChatListStore> => {
    loading ??= import('./tab-list').then(({ tabList }) => tabList)
    loading.catch(() => (loading = undefined))
    return loading
  },
  /** Passes on what was heard; what gets lost here is made up for when the list is next brought up to date. */
  tell: (say: (list: ChatListStore) => void): void => {
    void chatList
      .whole()
      .then(say)
      .catch(() => undefined)
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  /** The server-rendered first pages; only the first count. */
  seed: (first: SidebarPages): void => void (pages ??= first),
  /** Notes of a chat what a page that shows it knows. */
  learn: (chat: ChatSummary): void => {
    if (store) store.learn(chat)
    else learned.push(chat)
  },
  /** Called by the list itself, once it is loaded. */
  install: (whole: ChatListStore): void => {
    whole.seed(pages ?? emptySidebar)
    learned.forEach(whole.learn)
    store = whole
    whole.subscribe(changed)
    changed()
  },
}

function changed(): void {
  for (const listener of listeners) listener()
}
