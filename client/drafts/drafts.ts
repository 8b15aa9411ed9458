import { isTemporaryChat } from '@/shared/chat/temporary-chat'
import type { KeptValues } from '../browser/kept-values'
import type { PageSignals } from '../stream/page-signals'
import type { Timers } from '../stream/timers'

export type Drafts = {
  /** The text kept under the key, '' when there is none. A chat's key is its id, a new chat's is `new`. Of temporary chats nothing is. */
  read: (key: string) => string
  write: (key: string, text: string) => void
  clear: (key: string) => void
}

const delayMs = 300

/**
 * Unsent texts that survive a reload. Writing is put off until a pause, because storing 1 MB at every key would be felt;
 * leaving the page writes what is waiting.
 */
export function createDrafts(options: {
  kept: KeptValues
  timers: Timers
  page: PageSignals
}): Drafts {
  const { kept, timers, page } = options
  const waiting = new Map<string, string>()
  let cancelTimer: (() => void) | undefined

  function storeWaiting() {
    cancelTimer?.()
    cancelTimer = undefined
    for (const [key, text] of waiting) {
      if (text === '') kept.removeItem(storageKey(key))
      else kept.setItem(storageKey(key), text)
    }
    waiting.clear()
  }

  page.subscribe((pageSignal) => {
    if (pageSignal === 'hide' || pageSignal === 'conceal') storeWaiting()
  })

  function write(key: string, text: string) {
    if (isTemporaryChat(key)) return
    waiting.set(key, text)
    cancelTimer?.()
    cancelTimer = timers.after(delayMs, storeWaiting)
  }

  return {
    read: (key) => waiting.get(key) ?? kept.getItem(storageKey(key)) ?? '',
    write,
    clear: (key) => {
      waiting.set(key, '')
      storeWaiting()
    },
  }
}

function storageKey(key: string): string {
  return `rivulet.draft.${key}`
}
