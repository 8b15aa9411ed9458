import 'server-only'
import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { StreamChunk } from '@/shared/stream/stream-event'

/**
 * The chunk that readers get for a part of the provider's stream, or nothing for parts that only steer the run.
 * Provider metadata stays behind: readers need none, and it would keep deltas from being joined.
 */
export function chunkOfPart(part: LanguageModelV4StreamPart): StreamChunk | undefined {
  switch (part.type) {
    case 'text-start':
    case 'text-end':
    case 'reasoning-start':
    case 'reasoning-end':
      return { type: part.type, id: part.id }
    case 'text-delta':
    case 'reasoning-delta':
      return part.delta
        ? { type: part.type, id: part.id, delta: withoutNul(part.delta) }
        : undefined
    case 'source':
      return part.sourceType === 'url'
        ? {
            type: 'source-url',
            sourceId: part.id,
            url: part.url,
            ...(part.title && { title: part.title }),
          }
        : undefined
    default:
      return undefined
  }
}

/** As it will be stored (server/db/json-codec.ts), so that who reads live sees what who reads later does. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\ufffd')
}
