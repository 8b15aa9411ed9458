import 'server-only'
import { catch as withFallback, z } from 'zod'
import {
  type ChatMessage,
  type MessageMetadata,
  messageMetadataSchema,
  type MessagePart,
} from '@/shared/chat/message'
import { decodeJson, encodeJson } from './json-codec'
import type { MessageColumns } from './schema'

/** What a message's metadata column holds; status, time and parent have columns of their own. */
export type StoredMetadata = Omit<MessageMetadata, 'status' | 'createdAt' | 'parentId'>

const partsVersion = 1

const providerMetadataSchema = z.record(z.string(), z.record(z.string(), z.json())).optional()
const textStateSchema = z.enum(['streaming', 'done']).optional()

const partSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: z.string(),
    state: textStateSchema,
    providerMetadata: providerMetadataSchema,
  }),
  z.object({
    type: z.literal('reasoning'),
    id: z.string().optional(),
    text: z.string(),
    state: textStateSchema,
    providerMetadata: providerMetadataSchema,
  }),
  z.object({ type: z.literal('step-start') }),
  z.object({
    type: z.literal('source-url'),
    sourceId: z.string(),
    url: z.string(),
    title: z.string().optional(),
    providerMetadata: providerMetadataSchema,
  }),
  z.object({
    type: z.literal('source-document'),
    sourceId: z.string(),
    mediaType: z.string(),
    title: z.string(),
    filename: z.string().optional(),
    providerMetadata: providerMetadataSchema,
  }),
  z.object({
    type: z.literal('file'),
    mediaType: z.string(),
    url: z.string(),
    filename: z.string().optional(),
    providerMetadata: providerMetadataSchema,
  }),
]) satisfies z.ZodType<MessagePart>

const storedPartsSchema = z.object({ v: z.literal(partsVersion), parts: z.array(z.unknown()) })

/** A field that this version can't read is left out; the rest of the message stays readable. */
const storedMetadataSchema = z.object({
  runId: withFallback(messageMetadataSchema.shape.runId, undefined),
  model: withFallback(messageMetadataSchema.shape.model, undefined),
  usage: withFallback(messageMetadataSchema.shape.usage, undefined),
  timing: withFallback(messageMetadataSchema.shape.timing, undefined),
  error: withFallback(messageMetadataSchema.shape.error, undefined),
  contextFrom: withFallback(messageMetadataSchema.shape.contextFrom, undefined),
  finishReason: withFallback(messageMetadataSchema.shape.finishReason, undefined),
})

export function encodeParts(parts: readonly MessagePart[]): string {
  return encodeJson({ v: partsVersion, parts })
}

/** The parts this version knows; a stored part of another type, or one that is damaged, is kept out. */
export function decodeParts(column: unknown): MessagePart[] {
  return storedPartsSchema.parse(decodeJson(column)).parts.flatMap((stored) => {
    const part = partSchema.safeParse(stored)
    return part.success ? [part.data] : []
  })
}

export function encodeMetadata(metadata: StoredMetadata): string {
  return encodeJson(storedMetadataSchema.parse(metadata))
}

export function decodeMetadata(column: unknown): StoredMetadata {
  return storedMetadataSchema.parse(decodeJson(column))
}

export function toChatMessage(row: MessageColumns): ChatMessage {
  return {
    id: row.id,
    role: row.role,
    parts: decodeParts(row.parts),
    metadata: {
      ...decodeMetadata(row.metadata),
      status: row.status,
      createdAt: row.created_at,
      parentId: row.parent_id,
    },
  }
}

/** Parts as they stand once nobody writes to them any more. */
export function closeParts(parts: readonly MessagePart[]): MessagePart[] {
  return parts.map((part) =>
    (part.type === 'text' || part.type === 'reasoning') && part.state === 'streaming'
      ? { ...part, state: 'done' }
      : part,
  )
}

/** Whether there is anything to read in the parts: a step that has begun, or a text still empty, is nothing. */
export function hasContent(parts: readonly MessagePart[]): boolean {
  return parts.some((part) => {
    if (part.type === 'step-start') return false
    return part.type === 'text' || part.type === 'reasoning' ? part.text !== '' : true
  })
}
