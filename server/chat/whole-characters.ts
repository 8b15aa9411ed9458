import 'server-only'
import type { StreamChunk } from '@/shared/stream/stream-event'

/**
 * Joins what a model cut through a surrogate pair: half a character is held back until the other half comes. So no event
 * and no checkpoint ends in one, which storing would have to replace, and which nothing could be appended to.
 */
export class WholeCharacters {
  readonly #halfOf = new Map<string, string>()

  take(chunk: StreamChunk): StreamChunk[] {
    if (chunk.type === 'text-delta' || chunk.type === 'reasoning-delta') {
      const text = (this.#halfOf.get(chunk.id) ?? '') + chunk.delta
      const whole = /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
      this.#keep(chunk.id, text.slice(whole.length))
      return whole ? [{ ...chunk, delta: whole }] : []
    }
    return chunk.type === 'text-end' || chunk.type === 'reasoning-end'
      ? [...this.#leftOf(chunk), chunk]
      : [chunk]
  }

  #keep(id: string, half: string): void {
    if (half) this.#halfOf.set(id, half)
    else this.#halfOf.delete(id)
  }

  /** A half that stays one is the model's own word. */
  #leftOf({ type, id }: { type: 'text-end' | 'reasoning-end'; id: string }): StreamChunk[] {
    const half = this.#halfOf.get(id)
    this.#halfOf.delete(id)
    const delta = type === 'text-end' ? ('text-delta' as const) : ('reasoning-delta' as const)
    return half ? [{ type: delta, id, delta: half }] : []
  }
}
