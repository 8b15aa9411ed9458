import type { ChatListStore } from './chat-list-store'

let loading: Promise<ChatListStore> | undefined

/** The one list of this tab. What the server rendered is all of it until something changes: then it is loaded. */
export const chatList = {
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
}
