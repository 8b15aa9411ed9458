'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import type { SettingsSnapshot } from '../../settings/settings-store'
import type { ChatSession } from '../chat-session'
import { type ChatSettingsStore, chatSettingsOf, type ShownChatSettings } from './chat-settings'

type UsedChatSettings = SettingsSnapshot<ShownChatSettings> & {
  store: ChatSettingsStore
  /** They could not be loaded, and are not here. */
  failed: boolean
  retry: () => void
}

/** What the chat asks of its model, asked for anew by whoever begins to look. */
export function useChatSettings(session: ChatSession, isNew: boolean): UsedChatSettings {
  const store = chatSettingsOf(session, isNew)
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    store.refresh().catch(() => setFailed(true))
  }, [store])
  return {
    ...snapshot,
    store,
    failed: failed && !snapshot.settings,
    retry: () => void store.refresh().catch(() => undefined),
  }
}
