import type { ChatSummary, Folder } from '@/shared/chat/chat-summary'
import type { ChatApi } from '../api/chat-api'
import type { Arrangement, ListApi } from '../api/list-api'
import type { ChatListStore } from './chat-list-store'
import type { Overlay } from './chat-shelves'

/** What users do with the chats of the list. All is shown at once; taken back, and rejected with a `ProblemError`, when the server refuses. */
export type ChatChanges = {
  rename: (chatId: string, title: string) => Promise<void>
  remove: (chatIds: readonly string[]) => Promise<void>
  /** Brings removed chats back. */
  restore: (chatIds: readonly string[]) => Promise<void>
  arrange: (chatIds: readonly string[], arrangement: Arrangement) => Promise<void>
  createFolder: (folder: Folder) => Promise<void>
  renameFolder: (folder: Folder) => Promise<void>
  moveFolder: (folderId: string, position: number) => Promise<void>
  removeFolder: (folderId: string) => Promise<void>
}

type ChatChangesOptions = {
  list: ChatListStore
  api: Pick<ChatApi, 'changeChat'> & ListApi
  now: () => number
}

export function createChatChanges({ list, api, now }: ChatChangesOptions): ChatChanges {
  const lastJob = new Map<string, Promise<void>>()

  /** Changes of one chat reach the server one after the other. */
  function inTurn(chatIds: readonly string[], job: () => Promise<void>): Promise<void> {
    const before = chatIds.flatMap((id) => lastJob.get(id) ?? [])
    const run = Promise.allSettled(before).then(job)
    for (const id of chatIds) lastJob.set(id, run)
    const tidy = () => {
      for (const id of chatIds) if (lastJob.get(id) === run) lastJob.delete(id)
    }
    run.then(tidy, tidy)
    return run
  }

  function change(
    chatIds: readonly string[],
    overlay: Overlay,
    send: () => Promise<readonly ChatSummary[]>,
  ): Promise<void> {
    const lift = list.lay(chatIds, overlay)
    return inTurn(chatIds, async () => {
      try {
        for (const chat of await send()) list.upsert(chat)
      } finally {
        lift()
      }
    })
  }

  async function changeFolders(
    shown: (folders: readonly Folder[]) => readonly Folder[],
    send: () => Promise<readonly Folder[]>,
  ): Promise<void> {
    const lift = list.layFolders(shown)
    try {
      list.takeFolders(await send())
    } finally {
      lift()
    }
  }

  function sendArrangement(chatIds: readonly string[], arrangement: Arrangement) {
    const [only] = chatIds
    return chatIds.length === 1 && only !== undefined
      ? api.changeChat(only, arrangement).then((chat) => [chat])
      : api.changeChats(chatIds, arrangement)
  }

  return {
    rename: (chatId, title) =>
      change([chatId], { title }, async () => [await api.changeChat(chatId, { title })]),

    remove: (chatIds) =>
      change(chatIds, { removed: true }, async () => {
        const [only] = chatIds
        if (chatIds.length === 1 && only !== undefined) await api.removeChat(only)
        else await api.changeChats(chatIds, { removed: true })
        chatIds.forEach(list.forget)
        return []
      }),

    restore: (chatIds) =>
      inTurn(chatIds, async () => {
        for (const id of chatIds) {
          const kept = list.removed(id)
          if (kept) list.bringBack(kept)
        }
        try {
          const [only] = chatIds
          const chats =
            chatIds.length === 1 && only !== undefined
              ? [await api.restoreChat(only)]
              : await api.changeChats(chatIds, { removed: false })
          chats.forEach(list.bringBack)
        } catch (error) {
          chatIds.forEach(list.forget)
          throw error
        }
      }),

    arrange: (chatIds, arrangement) =>
      change(chatIds, overlayOf(arrangement, now()), () => sendArrangement(chatIds, arrangement)),

    createFolder: (folder) =>
      changeFolders(
        (folders) => [...folders.filter(({ id }) => id !== folder.id), folder],
        () => api.createFolder(folder),
      ),

    renameFolder: (folder) =>
      changeFolders(
        (folders) => folders.map((each) => (each.id === folder.id ? folder : each)),
        () => api.changeFolder(folder.id, { name: folder.name }),
      ),

    moveFolder: (folderId, position) =>
      changeFolders(
        (folders) => moved(folders, folderId, position),
        () => api.changeFolder(folderId, { position }),
      ),

    removeFolder: (folderId) =>
      changeFolders(
        (folders) => folders.filter(({ id }) => id !== folderId),
        () => api.removeFolder(folderId),
      ),
  }
}

function overlayOf({ pinned, archived, folderId, seen }: Arrangement, now: number): Overlay {
  return {
    ...(folderId !== undefined && { folderId, pinnedAt: null }),
    ...(pinned !== undefined && { pinnedAt: pinned ? now : null }),
    ...(archived !== undefined && { archivedAt: archived ? now : null }),
    ...(seen && { unread: false }),
  }
}

function moved(folders: readonly Folder[], folderId: string, position: number): readonly Folder[] {
  const folder = folders.find(({ id }) => id === folderId)
  if (!folder) return folders
  return folders.filter((each) => each !== folder).toSpliced(position, 0, folder)
}
