import 'server-only'
import type { WireApi } from './uniform-model'

/** What a frame says that does nothing but write on in one part. */
export type PlainDelta = {
  text: string
  /** Frames with the same key write on in the same part, as long as no other frame comes between. */
  key: string
}

/**
 * Reads a frame that only writes on, and leaves every other to the AI SDK: one that means anything besides, that is not
 * quite in order, or that has something in it which is not known here. By hand and not with zod, because it runs for
 * every token.
 */
export function plainDeltaOf(frame: string, api: WireApi): PlainDelta | undefined {
  if (!frame.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(frame)
    if (!isRecord(value)) return undefined
    return api === 'responses' ? responsesDelta(value) : chatCompletionsDelta(value)
  } catch {
    return undefined
  }
}

function responsesDelta(frame: JsonRecord): PlainDelta | undefined {
  const { type, delta, item_id: itemId, output_index: outputIndex } = frame
  const { summary_index: summaryIndex, logprobs } = frame
  const isText = type === 'response.output_text.delta' && isNumberOrNothing(summaryIndex)
  const isReasoning =
    type === 'response.reasoning_summary_text.delta' && typeof summaryIndex === 'number'
  if (!isText && !isReasoning) return undefined
  if (typeof delta !== 'string' || typeof itemId !== 'string' || !isFlat(frame)) return undefined
  if (!isNumberOrNothing(outputIndex) || !isEmptyListOrNothing(logprobs)) return undefined
  return { text: delta, key: `${type} ${outputIndex} ${summaryIndex} ${itemId}` }
}

function chatCompletionsDelta(frame: JsonRecord): PlainDelta | undefined {
  const { choices, id, model, created } = frame
  const choice: unknown = Array.isArray(choices) && choices.length === 1 ? choices[0] : undefined
  if (!isRecord(choice) || !isRecord(choice['delta'])) return undefined
  if (!isFlat(frame, 'choices') || !isFlat(choice, 'delta') || !isFlat(choice['delta']))
    return undefined
  if ('error' in frame || !isNothing(frame['usage']) || !isNothing(choice['finish_reason']))
    return undefined
  if (!isTextOrNothing(id) || !isTextOrNothing(model) || !isNumberOrNothing(created))
    return undefined
  const written = writtenBy(choice['delta'])
  // The first frame that names the answer is told to the caller, too.
  const named = Boolean(id) || Boolean(model) || Boolean(created)
  return written && { text: written.text, key: `${written.kind} ${named}` }
}

function writtenBy(delta: JsonRecord): { kind: string; text: string } | undefined {
  const { role, content, refusal, reasoning_content: reasoningContent, reasoning } = delta
  if (!isNothing(role) && role !== 'assistant' && role !== '') return undefined
  if (!isNothing(refusal) || !isEmptyListOrNothing(delta['tool_calls'])) return undefined
  if (!isTextOrNothing(content) || !isTextOrNothing(reasoning)) return undefined
  if (!isTextOrNothing(reasoningContent)) return undefined
  const thought = reasoningContent ?? reasoning
  if (content && thought) return undefined
  if (thought) return { kind: 'reasoning', text: thought }
  return content ? { kind: 'text', text: content } : undefined
}

type JsonRecord = Record<string, unknown>

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Whether nothing is inside, but for `path`: then nothing there can have a meaning of its own, nor hide a `__proto__`,
 * which makes a frame unreadable for the AI SDK.
 */
function isFlat(record: JsonRecord, path?: string): boolean {
  return Object.keys(record).every((name) => {
    if (name === path) return true
    const value = record[name]
    return name !== '__proto__' && (typeof value !== 'object' || isEmptyListOrNothing(value))
  })
}

function isNothing(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

function isTextOrNothing(value: unknown): value is string | null | undefined {
  return isNothing(value) || typeof value === 'string'
}

function isNumberOrNothing(value: unknown): value is number | null | undefined {
  return isNothing(value) || typeof value === 'number'
}

function isEmptyListOrNothing(value: unknown): boolean {
  return isNothing(value) || (Array.isArray(value) && value.length === 0)
}
