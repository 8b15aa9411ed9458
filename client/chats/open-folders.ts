import { useSyncExternalStore } from 'react'
import { openFoldersCookie, openFoldersText } from '@/shared/chat/open-folders'
import { setCookie } from '../preferences/preferences'
import { tabList } from './tab-list'

let open: readonly string[] | undefined
const listeners = new Set<() => void>()

/** The folders that are open in this browser, and how to open or close one. `seeded` are those the server has drawn so. */
export function useOpenFolders(seeded: readonly string[]) {
  const ids = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => open ?? seeded,
    () => seeded,
  )
  return { ids, toggle: (folderId: string) => setOpen(ids, folderId, !ids.includes(folderId)) }
}

function setOpen(before: readonly string[], folderId: string, isOpen: boolean): void {
  const others = before.filter((id) => id !== folderId)
  open = isOpen ? [...others, folderId] : others
  setCookie(openFoldersCookie, openFoldersText(open))
  if (isOpen) void tabList.loadMore(folderId).catch(() => undefined)
  for (const listener of listeners) listener()
}
