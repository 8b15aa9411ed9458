import type {
  ChatDetail,
  ChatPage,
  ChatSummary,
  MessagePage,
  SidebarPages,
} from '@/shared/chat/chat-summary'
import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { requestJson, requestNothing, type Fetch } from './http'
import type * as Answers from './answers'
import type { Arrangement } from './changes-api'
import { shelves } from '@/shared/chat/shelf'

/** A page is shown without schemas: they are loaded with the first answer. */
const schemaOf =
  <Name extends keyof typeof Answers>(name: Name) =>
  async () =>
    (await import('./answers'))[name]

export type ChatApi = {
  /** A page of one of the sidebar's lists: `shared/chat/shelf.ts` says which there are. */
  listChats: (options: {
    shelf: string
    cursor?: string | null | undefined
    limit?: number
  }) => Promise<ChatPage>
  /** The first pages of all that the sidebar shows, with those of the folders that are open. */
  loadSidebar: (options: { open: readonly string[] }) => Promise<SidebarPages>
  loadChat: (chatId: string, signal?: AbortSignal) => Promise<ChatDetail>
  /** The messages right before one, on its branch. */
  loadEarlier: (
    chatId: string,
    options: { before: string; limit?: number; signal?: AbortSignal },
  ) => Promise<MessagePage>
  changeChat: (
    chatId: string,
    change: { title?: string; model?: ModelRef } & Arrangement,
  ) => Promise<ChatSummary>
  removeChat: (chatId: string) => Promise<void>
  restoreChat: (chatId: string) => Promise<ChatSummary>
  /** Whether the run was still going. */
  stopRun: (chatId: string, runId: string, signal?: AbortSignal) => Promise<boolean>
  loadModels: (options: { rescan: boolean }) => Promise<ModelCatalog>
}

/** The calls of docs/protocol.md § 2 that answer JSON. All reject with a `ProblemError`. */
export function createChatApi(fetch: Fetch): ChatApi {
  return {
    listChats: ({ shelf, cursor, limit }) => {
      const query = new URLSearchParams({
        ...shelfQuery(shelf),
        ...(cursor && { cursor }),
        ...(limit && { limit: String(limit) }),
      })
      return requestJson(fetch, `/api/chats?${query.toString()}`, {
        schema: schemaOf('chatPageSchema'),
      })
    },
    loadSidebar: ({ open }) =>
      requestJson(fetch, `/api/sidebar${open.length > 0 ? `?open=${open.join('.')}` : ''}`, {
        schema: schemaOf('sidebarSchema'),
      }),
    loadChat: (chatId, signal) =>
      requestJson(fetch, chatPath(chatId), {
        schema: schemaOf('chatDetailSchema'),
        ...(signal && { signal }),
      }),
    loadEarlier: (chatId, { before, limit, signal }) => {
      const query = new URLSearchParams({ before, ...(limit && { limit: String(limit) }) })
      return requestJson(fetch, `${chatPath(chatId)}/messages?${query.toString()}`, {
        schema: schemaOf('messagePageSchema'),
        ...(signal && { signal }),
      })
    },
    changeChat: (chatId, change) =>
      requestJson(fetch, chatPath(chatId), {
        schema: schemaOf('summarySchema'),
        method: 'PATCH',
        body: change,
      }),
    removeChat: (chatId) => requestNothing(fetch, chatPath(chatId), { method: 'DELETE' }),
    restoreChat: (chatId) =>
      requestJson(fetch, `${chatPath(chatId)}/restore`, {
        schema: schemaOf('summarySchema'),
        method: 'POST',
      }),
    stopRun: async (chatId, runId, signal) => {
      const { stopped } = await requestJson(fetch, `/api/chat/${encodeURIComponent(chatId)}/stop`, {
        schema: schemaOf('stopSchema'),
        method: 'POST',
        body: { runId },
        ...(signal && { signal }),
      })
      return stopped
    },
    loadModels: ({ rescan }) =>
      requestJson(fetch, `/api/models${rescan ? '?rescan=1' : ''}`, {
        schema: schemaOf('modelCatalogSchema'),
      }),
  }
}

function chatPath(chatId: string): string {
  return `/api/chats/${encodeURIComponent(chatId)}`
}

function shelfQuery(shelf: string): Record<string, string> {
  if (shelf === shelves.pinned) return { pinned: '1' }
  if (shelf === shelves.archived) return { archived: '1' }
  return { folder: shelf === shelves.list ? '' : shelf }
}
