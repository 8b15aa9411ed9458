'use client'

import { useSyncExternalStore } from 'react'
import { rootSetting, subscribeToRootSettings } from './root-settings'

export type SendKey = 'enter' | 'mod-enter'

/** What sends a message: Enter, or Enter with Ctrl or ⌘ held. */
export function useSendKey(): SendKey {
  return useSyncExternalStore(subscribeToRootSettings, readSendKey, () => 'enter')
}

function readSendKey(): SendKey {
  return rootSetting('sendKey') === 'mod-enter' ? 'mod-enter' : 'enter'
}
