import type { MessagePage } from '@/shared/chat/chat-summary'
import { messagesPerPage, messagesPerPageMax } from '@/shared/chat/message-page'
import type { ChatMessage } from '@/shared/chat/message'
import type { ChatApi } from '../api/chat-api'
import type { ChatMessageStore } from './chat-store'

/** `none`: the branch is loaded from its beginning. */
export type EarlierStatus = 'none' | 'more' | 'loading' | 'failed'

export type EarlierMessages = {
  readonly status: EarlierStatus
  load: () => Promise<void>
  loadUntil: (messageId: string) => Promise<boolean>
  /** Fills the store with the newest page; what was loaded before it stays, where the page continues it. */
  adopt: (page: MessagePage) => void
  /** Fills the store with what it held some time ago; what was loaded before that since then stays. */
  restore: (messages: readonly ChatMessage[]) => void
  /** Keeps the newest turns, about a page. */
  release: () => void
}

/** The part of a chat's branch before its newest page. It comes page by page, as it is asked for. */
export function createEarlierMessages(options: {
  chatId: string
  store: ChatMessageStore
  api: Pick<ChatApi, 'loadEarlier'>
  hasEarlier: boolean
  /** A page has come, before it is shown. */
  onPage: (page: MessagePage) => void
  onChange: () => void
}): EarlierMessages {
  const { chatId, store, api, onPage, onChange } = options
  let status: EarlierStatus = options.hasEarlier ? 'more' : 'none'
  let loading: { page: Promise<void>; abort: AbortController } | undefined

  function become(next: EarlierStatus) {
    if (status === next) return
    status = next
    onChange()
  }

  function load(limit: number): Promise<void> {
    const before = store.messages[0]?.id
    if (status === 'none' || before === undefined) return Promise.resolve()
    if (!loading) {
      const abort = new AbortController()
      become('loading')
      loading = { page: loadPage({ before, limit, signal: abort.signal }), abort }
    }
    return loading.page
  }

  async function loadPage(page: { before: string; limit: number; signal: AbortSignal }) {
    const next = await api.loadEarlier(chatId, page).catch(() => undefined)
    if (page.signal.aborted) return
    loading = undefined
    if (next) onPage(next)
    if (next) store.prepend(next.messages)
    if (next) become(next.hasEarlier ? 'more' : 'none')
    else become('failed')
  }

  async function loadUntil(messageId: string): Promise<boolean> {
    while (!store.has(messageId)) {
      if (status === 'none' || store.messages.length === 0) return false
      await load(messagesPerPageMax)
      if (status === 'failed') return false
    }
    return true
  }

  /** The branch begins elsewhere than it did. */
  function beginAnew(hasEarlier: boolean) {
    loading?.abort.abort()
    loading = undefined
    become(hasEarlier ? 'more' : 'none')
  }

  function loadedBefore(message: ChatMessage | undefined): ChatMessage[] {
    const { messages } = store
    const index = messages.findIndex(({ id }) => id === message?.id)
    if (index !== -1) return messages.slice(0, index)
    const parentId = message?.metadata?.parentId
    return messages.slice(0, messages.findIndex(({ id }) => id === parentId) + 1)
  }

  return {
    get status() {
      return status
    },
    load: () => load(messagesPerPage),
    loadUntil,
    adopt: (page) => {
      const { messages, hasEarlier } = page
      onPage(page)
      const firstId = store.messages[0]?.id
      store.messages = [...loadedBefore(messages[0]), ...messages]
      if (firstId === undefined || store.messages[0]?.id !== firstId) beginAnew(hasEarlier)
    },
    restore: (messages) => {
      store.messages = [...loadedBefore(messages[0]), ...messages]
    },
    release: () => {
      const start = store.messages.findLastIndex(
        ({ role }, index, { length }) => role === 'user' && index <= length - messagesPerPage,
      )
      if (start < 1) return
      store.messages = store.messages.slice(start)
      beginAnew(true)
    },
  }
}
