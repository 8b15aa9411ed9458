import type { UIMessage } from 'ai'
import { z } from 'zod'
import { runErrorSchema } from '../errors/run-error'
import { modelRefSchema } from '../models/model-catalog'

/** How a message stands. A user's message is always `done`; `running` is an answer still being written. */
export const messageStatusSchema = z.enum(['running', 'done', 'stopped', 'failed', 'interrupted'])
export type MessageStatus = z.infer<typeof messageStatusSchema>

export const tokenUsageSchema = z.object({
  inputTokens: z.number().optional(),
  cachedInputTokens: z.number().optional(),
  outputTokens: z.number().optional(),
  reasoningTokens: z.number().optional(),
})
export type TokenUsage = z.infer<typeof tokenUsageSchema>

export const runTimingSchema = z.object({
  /** From the start of the run to the first text or reasoning. */
  firstTokenMs: z.number().optional(),
  /** Time spent in reasoning, summed over its parts. */
  reasoningMs: z.number().optional(),
  durationMs: z.number().optional(),
})
export type RunTiming = z.infer<typeof runTimingSchema>

/** What stands on a message beside its parts; travels as the UI message stream's metadata. */
export const messageMetadataSchema = z.object({
  status: messageStatusSchema,
  createdAt: z.number(),
  parentId: z.string().nullable().optional(),
  runId: z.string().optional(),
  model: modelRefSchema.optional(),
  usage: tokenUsageSchema.optional(),
  timing: runTimingSchema.optional(),
  error: runErrorSchema.optional(),
  /** Why the model ended, when it did so for another reason than being finished. */
  finishReason: z.enum(['length', 'content-filter']).optional(),
})
export type MessageMetadata = z.infer<typeof messageMetadataSchema>

export type ChatMessage = UIMessage<MessageMetadata, Record<string, never>>
export type MessagePart = ChatMessage['parts'][number]

/** The text of a message as a person reads it: its text parts, reasoning left out. */
export function messageText(message: Pick<ChatMessage, 'parts'>): string {
  return message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n')
}
