import type { UIMessage } from 'ai'
import * as z from 'zod/mini'
import { runErrorSchema } from '../errors/run-error'
import { modelRefSchema } from '../models/model-catalog'

/** How a message stands. A user's message is always `done`; `running` is an answer still being written. */
export const messageStatusSchema = z.enum(['running', 'done', 'stopped', 'failed', 'interrupted'])
export type MessageStatus = z.infer<typeof messageStatusSchema>

export const tokenUsageSchema = z.object({
  inputTokens: z.optional(z.number()),
  cachedInputTokens: z.optional(z.number()),
  outputTokens: z.optional(z.number()),
  reasoningTokens: z.optional(z.number()),
})
export type TokenUsage = z.infer<typeof tokenUsageSchema>

export const runTimingSchema = z.object({
  /** From the start of the run to the first text or reasoning. */
  firstTokenMs: z.optional(z.number()),
  /** Time spent in reasoning, summed over its parts. */
  reasoningMs: z.optional(z.number()),
  durationMs: z.optional(z.number()),
})
export type RunTiming = z.infer<typeof runTimingSchema>

/** What stands on a message beside its parts; travels as the UI message stream's metadata. */
export const messageMetadataSchema = z.object({
  status: messageStatusSchema,
  createdAt: z.number(),
  parentId: z.nullish(z.string()),
  runId: z.optional(z.string()),
  model: z.optional(modelRefSchema),
  usage: z.optional(tokenUsageSchema),
  timing: z.optional(runTimingSchema),
  error: z.optional(runErrorSchema),
  /** The first message that the model was sent, where those before it were left out. */
  contextFrom: z.optional(z.string()),
  /** Why the model ended, when it did so for another reason than being finished. */
  finishReason: z.optional(z.enum(['length', 'content-filter'])),
})
export type MessageMetadata = z.infer<typeof messageMetadataSchema>

export type ChatMessage = UIMessage<MessageMetadata, Record<string, never>>
export type MessagePart = ChatMessage['parts'][number]
