import { createHash } from 'node:crypto'
import { nowMicroseconds, timedToken } from '../processes/timed-token'

export const tokenMs = 20

/** One event of an answer: a token, or the end. */
export type AnswerEvent = { seq: number; payload: string }
type Listener = (events: readonly AnswerEvent[]) => void

/** The answers of this server: each writes a token every 20 ms from its first reader on, whoever reads it. */
export class Answers {
  readonly #answers = new Map<string, Answer>()

  constructor() {
    setInterval(() => this.#tick(), 1)
  }

  /** Tells what lies behind `after`, and then what comes. Returns how to stop listening. */
  follow(options: { id: string; tokens: number; after: number; listen: Listener }): () => void {
    const answer = this.#answers.get(options.id) ?? new Answer(options.tokens)
    this.#answers.set(options.id, answer)
    return answer.follow(options)
  }

  sha256(id: string): string {
    return createHash('sha256')
      .update(this.#answers.get(id)?.text ?? '')
      .digest('hex')
  }

  clear(): void {
    this.#answers.clear()
  }

  #tick(): void {
    for (const answer of this.#answers.values()) answer.tick()
  }
}

class Answer {
  text = ''
  readonly #events: AnswerEvent[] = []
  readonly #listeners = new Set<Listener>()
  readonly #startedAt = nowMicroseconds()
  readonly #tokens: number

  constructor(tokens: number) {
    this.#tokens = tokens
    this.tick()
  }

  follow({ after, listen }: { after: number; listen: Listener }): () => void {
    const missed = this.#events.slice(after)
    if (missed.length > 0) listen(missed)
    this.#listeners.add(listen)
    return () => this.#listeners.delete(listen)
  }

  tick(): void {
    for (let now = nowMicroseconds(); this.#isDue(now); now = nowMicroseconds()) this.#write(now)
  }

  #isDue(now: number): boolean {
    const written = this.#events.length
    return written <= this.#tokens && now >= this.#startedAt + written * tokenMs * 1000
  }

  #write(now: number): void {
    const seq = this.#events.length + 1
    const delta = timedToken(now)
    const isEnd = seq > this.#tokens
    if (!isEnd) this.text += delta
    const payload = isEnd ? '[DONE]' : JSON.stringify({ type: 'text-delta', id: 't1', delta })
    const event = { seq, payload }
    this.#events.push(event)
    for (const listen of this.#listeners) listen([event])
  }
}
