import 'server-only'
import type { MessagePart } from '@/shared/chat/message'
import type { StreamChunk } from '@/shared/stream/stream-event'

/** The chunks that would have built these parts: for an answer that is gone on with, or replayed from its row. */
export function chunksOfParts(parts: readonly MessagePart[]): StreamChunk[] {
  return parts.flatMap((part, index): StreamChunk[] => {
    const id = `kept-${index}`
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
