import type { ChatPage, ChatSummary, Folder, SidebarPages } from '@/shared/chat/chat-summary'
import { shelves } from '@/shared/chat/shelf'
import { chatPath } from './chat-api'
import { requestJson, requestNothing, type Fetch } from './http'

/** Where a chat is to stand, in the words of docs/protocol.md § 2. */
export type Arrangement = {
  pinned?: boolean
  archived?: boolean
  folderId?: string | null
  seen?: true
  removed?: boolean
}

/** The calls of the list of chats; loaded when the list first changes. All reject with a `ProblemError`. */
export type ListApi = {
  /** A page of one of the sidebar's lists: `shared/chat/shelf.ts` says which there are. */
  listChats: (options: {
    shelf: string
    cursor?: string | null | undefined
    limit?: number
  }) => Promise<ChatPage>
  /** The first pages of all that the sidebar shows, with those of the folders that are open. */
  loadSidebar: (options: { open: readonly string[] }) => Promise<SidebarPages>
  removeChat: (chatId: string) => Promise<void>
  restoreChat: (chatId: string) => Promise<ChatSummary>
  /** Many chats in one request. Answers those that are still there. */
  changeChats: (chatIds: readonly string[], change: Arrangement) => Promise<ChatSummary[]>
  createFolder: (folder: Folder) => Promise<Folder[]>
  changeFolder: (
    folderId: string,
    change: { name?: string; position?: number },
  ) => Promise<Folder[]>
  removeFolder: (folderId: string) => Promise<Folder[]>
}

export function createListApi(fetch: Fetch): ListApi {
  return {
    listChats: ({ shelf, cursor, limit }) => {
      const query = new URLSearchParams({
        ...shelfQuery(shelf),
        ...(cursor && { cursor }),
        ...(limit && { limit: String(limit) }),
      })
      return requestJson(fetch, `/api/chats?${query.toString()}`, {
        schema: async () => (await import('./answers')).chatPageSchema,
      })
    },
    loadSidebar: ({ open }) =>
      requestJson(fetch, `/api/sidebar${open.length > 0 ? `?open=${open.join('.')}` : ''}`, {
        schema: async () => (await import('./answers')).sidebarSchema,
      }),
    removeChat: (chatId) => requestNothing(fetch, chatPath(chatId), { method: 'DELETE' }),
    restoreChat: (chatId) =>
      requestJson(fetch, `${chatPath(chatId)}/restore`, {
        schema: async () => (await import('./answers')).summarySchema,
        method: 'POST',
      }),
    changeChats: async (ids, change) => {
      const { chats } = await requestJson(fetch, '/api/chats/batch', {
        schema: async () => (await import('./answers')).chatsSchema,
        method: 'POST',
        body: { ids, change },
      })
      return chats
    },
    createFolder: (folder) => folders('/api/folders', { method: 'POST', body: folder }),
    changeFolder: (id, change) => folders(folderPath(id), { method: 'PATCH', body: change }),
    removeFolder: (id) => folders(folderPath(id), { method: 'DELETE' }),
  }

  async function folders(path: string, options: { method: string; body?: object }) {
    const answer = await requestJson(fetch, path, {
      schema: async () => (await import('./answers')).foldersSchema,
      ...options,
    })
    return answer.folders
  }
}

function shelfQuery(shelf: string): Record<string, string> {
  if (shelf === shelves.pinned) return { pinned: '1' }
  if (shelf === shelves.archived) return { archived: '1' }
  return { folder: shelf === shelves.list ? '' : shelf }
}

function folderPath(folderId: string): string {
  return `/api/folders/${encodeURIComponent(folderId)}`
}
