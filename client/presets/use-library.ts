'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { LibrarySnapshot, LibraryStore } from './library-store'

/** What the user keeps, asked for anew by whoever begins to look. */
export function useLibrary<Item extends { id: string }>(
  store: LibraryStore<Item>,
): LibrarySnapshot<Item> {
  useEffect(() => void store.load(), [store])
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
}
