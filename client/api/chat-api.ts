import * as z from 'zod/mini'
import {
  chatSummarySchema,
  type ChatDetail,
  type ChatPage,
  type ChatSummary,
  type MessagePage,
} from '@/shared/chat/chat-summary'
import { messageMetadataSchema, type ChatMessage, type MessagePart } from '@/shared/chat/message'
import { modelRefSchema, type ModelCatalog, type ModelRef } from '@/shared/models/model-catalog'
import { requestJson, requestNothing, type Fetch } from './http'

export type ChatApi = {
  listChats: (options: { cursor?: string | null; signal?: AbortSignal }) => Promise<ChatPage>
  loadChat: (chatId: string, signal?: AbortSignal) => Promise<ChatDetail>
  /** The messages right before one, on its branch. */
  loadEarlier: (
    chatId: string,
    options: { before: string; limit?: number; signal?: AbortSignal },
  ) => Promise<MessagePage>
  changeChat: (chatId: string, change: { title?: string; model?: ModelRef }) => Promise<ChatSummary>
  removeChat: (chatId: string) => Promise<void>
  restoreChat: (chatId: string) => Promise<ChatSummary>
  /** Whether the run was still going. */
  stopRun: (chatId: string, runId: string, signal?: AbortSignal) => Promise<boolean>
  loadModels: (options: { rescan: boolean }) => Promise<ModelCatalog>
}

/** The calls of docs/protocol.md § 2 that answer JSON. All reject with a `ProblemError`. */
export function createChatApi(fetch: Fetch): ChatApi {
  return {
    listChats: ({ cursor, signal }) => {
      const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''
      return requestJson(fetch, `/api/chats${query}`, {
        schema: chatPageSchema,
        ...(signal && { signal }),
      })
    },
    loadChat: (chatId, signal) =>
      requestJson(fetch, chatPath(chatId), { schema: chatDetailSchema, ...(signal && { signal }) }),
    loadEarlier: (chatId, { before, limit, signal }) => {
      const query = new URLSearchParams({ before, ...(limit && { limit: String(limit) }) })
      return requestJson(fetch, `${chatPath(chatId)}/messages?${query.toString()}`, {
        schema: messagePageSchema,
        ...(signal && { signal }),
      })
    },
    changeChat: (chatId, change) =>
      requestJson(fetch, chatPath(chatId), {
        schema: chatSummarySchema,
        method: 'PATCH',
        body: change,
      }),
    removeChat: (chatId) => requestNothing(fetch, chatPath(chatId), { method: 'DELETE' }),
    restoreChat: (chatId) =>
      requestJson(fetch, `${chatPath(chatId)}/restore`, {
        schema: chatSummarySchema,
        method: 'POST',
      }),
    stopRun: async (chatId, runId, signal) => {
      const { stopped } = await requestJson(fetch, `/api/chat/${encodeURIComponent(chatId)}/stop`, {
        schema: z.object({ stopped: z.boolean() }),
        method: 'POST',
        body: { runId },
        ...(signal && { signal }),
      })
      return stopped
    },
    loadModels: ({ rescan }) =>
      requestJson(fetch, `/api/models${rescan ? '?rescan=1' : ''}`, { schema: modelCatalogSchema }),
  }
}

function chatPath(chatId: string): string {
  return `/api/chats/${encodeURIComponent(chatId)}`
}

const chatPageSchema = z.object({
  chats: z.array(chatSummarySchema),
  nextCursor: z.nullable(z.string()),
}) satisfies z.ZodMiniType<ChatPage>

/** Parts are the AI SDK's own types; beyond their kind they are taken as our server wrote them. */
const messagePartSchema = z.custom<MessagePart>(
  (value) => z.looseObject({ type: z.string() }).safeParse(value).success,
)

const chatMessageSchema = z.object({
  id: z.string(),
  role: z.enum(['user', 'assistant', 'system']),
  parts: z.array(messagePartSchema),
  metadata: z.optional(messageMetadataSchema),
}) satisfies z.ZodMiniType<ChatMessage>

const messagePageSchema = z.object({
  messages: z.array(chatMessageSchema),
  hasEarlier: z.boolean(),
}) satisfies z.ZodMiniType<MessagePage>

const chatDetailSchema = z.extend(chatSummarySchema, {
  model: z.nullable(modelRefSchema),
  ...messagePageSchema.shape,
}) satisfies z.ZodMiniType<ChatDetail>

const modelCatalogSchema = z.object({
  endpoints: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['openai', 'compatible', 'local', 'demo']),
      status: z.enum(['ready', 'needs-key', 'key-rejected', 'unreachable', 'no-models']),
      models: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
  defaultModel: modelRefSchema,
}) satisfies z.ZodMiniType<ModelCatalog>
