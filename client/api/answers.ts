import * as z from 'zod/mini'
import {
  chatSummarySchema,
  folderSchema,
  type ChatDetail,
  type ChatPage,
  type ChatSummary,
  type SidebarPages,
  type MessagePage,
} from '@/shared/chat/chat-summary'
import { messageMetadataSchema, type ChatMessage, type MessagePart } from '@/shared/chat/message'
import { queuedMessageSchema } from '@/shared/chat/queued-message'
import { modelRefSchema, type ModelCatalog } from '@/shared/models/model-catalog'
import { reasoningEfforts } from '@/shared/models/parameters'

export const chatPageSchema = z.object({
  chats: z.array(chatSummarySchema),
  nextCursor: z.nullable(z.string()),
}) satisfies z.ZodMiniType<ChatPage>

export const chatsSchema = z.object({ chats: z.array(chatSummarySchema) })

export const foldersSchema = z.object({ folders: z.array(folderSchema) })

export const sidebarSchema = z.object({
  list: chatPageSchema,
  pinned: chatPageSchema,
  folders: z.array(folderSchema),
  opened: z.record(z.string(), chatPageSchema),
}) satisfies z.ZodMiniType<SidebarPages>

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

export const messagePageSchema = z.object({
  messages: z.array(chatMessageSchema),
  hasEarlier: z.boolean(),
  forks: z.optional(z.array(z.array(z.string()))),
}) satisfies z.ZodMiniType<MessagePage>

export const queueSchema = z.object({ queue: z.array(queuedMessageSchema) })

export const chatDetailSchema = z.extend(chatSummarySchema, {
  model: z.nullable(modelRefSchema),
  activeElsewhere: z.optional(z.boolean()),
  comparing: z.optional(z.boolean()),
  ...messagePageSchema.shape,
  queue: z.optional(z.array(queuedMessageSchema)),
}) satisfies z.ZodMiniType<ChatDetail>

export const modelCatalogSchema = z.object({
  endpoints: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['openai', 'compatible', 'local', 'demo']),
      status: z.enum([
        'ready',
        'needs-key',
        'key-rejected',
        'key-unreadable',
        'unreachable',
        'no-models',
      ]),
      models: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          contextTokens: z.optional(z.number()),
          efforts: z.optional(z.array(z.enum(reasoningEfforts))),
        }),
      ),
      own: z.optional(z.boolean()),
    }),
  ),
  defaultModel: modelRefSchema,
  takesOwn: z.optional(z.boolean()),
}) satisfies z.ZodMiniType<ModelCatalog>

export const stopSchema = z.object({ stopped: z.boolean() })

export const summarySchema: z.ZodMiniType<ChatSummary> = chatSummarySchema
