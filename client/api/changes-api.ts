import type { ChatSummary, Folder } from '@/shared/chat/chat-summary'
import { requestJson, type Fetch } from './http'

/** Where a chat is to stand, in the words of docs/protocol.md § 2. */
export type Arrangement = {
  pinned?: boolean
  archived?: boolean
  folderId?: string | null
  seen?: true
  removed?: boolean
}

/** The calls that only somebody who puts chats in order needs; loaded with the first of them. */
export type ChangesApi = {
  /** Many chats in one request. Answers those that are still there. */
  changeChats: (chatIds: readonly string[], change: Arrangement) => Promise<ChatSummary[]>
  createFolder: (folder: Folder) => Promise<Folder[]>
  changeFolder: (
    folderId: string,
    change: { name?: string; position?: number },
  ) => Promise<Folder[]>
  removeFolder: (folderId: string) => Promise<Folder[]>
}

export function createChangesApi(fetch: Fetch): ChangesApi {
  return {
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

function folderPath(folderId: string): string {
  return `/api/folders/${encodeURIComponent(folderId)}`
}
