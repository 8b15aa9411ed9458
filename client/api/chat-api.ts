import type { ChatDetail, ChatSummary, MessagePage } from '@/shared/chat/chat-summary'
import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { requestJson, type Fetch } from './http'
import type * as Answers from './answers'
import type { Arrangement } from './list-api'

/** A page is shown without schemas: they are loaded with the first answer. */
const schemaOf =
  <Name extends keyof typeof Answers>(name: Name) =>
  async () =>
    (await import('./answers'))[name]

export type ChatApi = {
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
  /** Whether the run was still going. */
  stopRun: (chatId: string, runId: string, signal?: AbortSignal) => Promise<boolean>
  loadModels: (options: { rescan: boolean }) => Promise<ModelCatalog>
}

/** The calls of docs/protocol.md § 2 that answer JSON. All reject with a `ProblemError`. */
export function createChatApi(fetch: Fetch): ChatApi {
  return {
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

export function chatPath(chatId: string): string {
  return `/api/chats/${encodeURIComponent(chatId)}`
}
