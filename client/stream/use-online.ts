'use client'

import { useSyncExternalStore } from 'react'
import { browserPageSignals } from './page-signals'

/** Whether the browser believes it has a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(browserPageSignals.subscribe, browserPageSignals.online, () => true)
}
