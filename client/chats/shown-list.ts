import type { ChatSummary, SidebarPages } from '@/shared/chat/chat-summary'
import { emptySidebar } from '@/shared/chat/empty-sidebar'
import type { ChatListStore } from './chat-list-store'

let store: ChatListStore | undefined
let pages: SidebarPages | undefined
const learned: ChatSummary[] = []
const listeners = new Set<() => void>()

/** What is shown of the list: the pages that the server rendered, until the list itself is loaded. */
export const shownList = {
  /** Nothing before that. */
  store: () => store,
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
  /** Called by the list, once it is loaded. */
  install: (list: ChatListStore): void => {
    list.seed(pages ?? emptySidebar)
    learned.forEach(list.learn)
    store = list
    list.subscribe(changed)
    changed()
  },
}

function changed(): void {
  for (const listener of listeners) listener()
}
