import type { StreamChunk } from '../stream/stream-event'
import type { MessagePart } from './message'

type TextPart = Extract<MessagePart, { type: 'text' | 'reasoning' }>

/**
 * The parts of an answer while it is written: applies the same chunks that readers get, in the same way as the AI SDK's
 * client does, so that what is stored equals what was seen. Appending costs the length of the delta, not of the text.
 */
export class AnswerDraft {
  readonly parts: MessagePart[] = []
  /** Characters of text and reasoning so far. */
  length = 0
  #open = new Map<string, TextPart>()

  apply(chunk: StreamChunk): void {
    switch (chunk.type) {
      case 'text-start':
        return this.#start(chunk.id, { type: 'text', text: '', state: 'streaming' })
      case 'reasoning-start':
        return this.#start(chunk.id, { type: 'reasoning', text: '', state: 'streaming' })
      case 'text-delta':
      case 'reasoning-delta':
        return this.#extend(chunk.id, chunk.delta)
      case 'text-end':
      case 'reasoning-end':
        return this.#finish(chunk.id)
      case 'source-url':
        this.parts.push({
          type: 'source-url',
          sourceId: chunk.sourceId,
          url: chunk.url,
          ...(chunk.title && { title: chunk.title }),
        })
        return
      default:
        return
    }
  }

  get hasContent(): boolean {
    return this.length > 0 || this.parts.some(({ type }) => type === 'source-url')
  }

  /** The parts as they are stored when nothing more will come: none empty, none open. */
  settledParts(): MessagePart[] {
    return settleParts(this.parts)
  }

  /** Ids of parts that have started and not ended, newest last. */
  get openIds(): { id: string; type: TextPart['type'] }[] {
    return [...this.#open].map(([id, { type }]) => ({ id, type }))
  }

  #start(id: string, part: TextPart): void {
    this.#open.set(id, part)
    this.parts.push(part)
  }

  #extend(id: string, delta: string): void {
    const part = this.#open.get(id)
    if (!part) throw new Error(`There is no open part ${id} to extend.`)
    part.text += delta
    this.length += delta.length
  }

  #finish(id: string): void {
    const part = this.#open.get(id)
    if (part) part.state = 'done'
    this.#open.delete(id)
  }
}

/** Closes open parts and drops empty ones. */
export function settleParts(parts: readonly MessagePart[]): MessagePart[] {
  return parts.flatMap((part): MessagePart[] => {
    if (part.type !== 'text' && part.type !== 'reasoning') return [part]
    return part.text ? [{ ...part, state: 'done' }] : []
  })
}
