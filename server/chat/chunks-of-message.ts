import 'server-only'
import type { AnswerDraft } from '@/shared/chat/answer-draft'
import type { MessagePart } from '@/shared/chat/message'
import type { StreamChunk } from '@/shared/stream/stream-event'

/**
 * The chunks that would have built these parts: for an answer that is gone on with, or replayed from its row. `before` is how
 * many parts stand before them.
 */
export function chunksOfParts(parts: readonly MessagePart[], before = 0): StreamChunk[] {
  return parts.flatMap((part, index): StreamChunk[] => {
    const id = `kept-${before + index}`
    switch (part.type) {
      case 'text':
        return [
          { type: 'text-start', id },
          { type: 'text-delta', id, delta: part.text },
          { type: 'text-end', id },
        ]
      case 'reasoning':
        return [
          { type: 'reasoning-start', id },
          { type: 'reasoning-delta', id, delta: part.text },
          { type: 'reasoning-end', id },
        ]
      case 'source-url':
        return [
          {
            type: 'source-url',
            sourceId: part.sourceId,
            url: part.url,
            ...(part.title && { title: part.title }),
          },
        ]
      default:
        return []
    }
  })
}

/**
 * What stored parts have beyond a draft of the same answer: more of the part that is open there, and whole parts after.
 */
export function restOf(draft: AnswerDraft, stored: readonly MessagePart[]): StreamChunk[] {
  const seen = draft.settledParts()
  const open = draft.openIds.at(-1)
  const rest = seen.flatMap((known, index): StreamChunk[] => {
    const part = stored[index]
    if (!open || known.type !== open.type || part?.type !== open.type) return []
    const delta = part.text.slice(known.text.length)
    return delta ? [{ type: `${open.type}-delta`, id: open.id, delta }] : []
  })
  return [...rest, ...chunksOfParts(stored.slice(seen.length), seen.length)]
}
