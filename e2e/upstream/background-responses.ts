import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import { backgroundWriter } from './responses-format'
import { gate, type Gate, type Step, type Usage } from './steps'
import type { WireWriter } from './wire-format'

export type BackgroundStatus =
  | 'queued'
  | 'in_progress'
  | 'completed'
  | 'incomplete'
  | 'failed'
  | 'cancelled'

/** An answer that is written whether or not anybody is connected, and kept. */
export type BackgroundResponse = {
  readonly id: string
  readonly status: BackgroundStatus
  /** How many connections follow it. */
  readonly readers: number
  /** Sequence number of its last event; -1 before the first. */
  readonly sequence: number
}

type Frame =
  | { type: 'wire'; bytes: Buffer; sequence: number | undefined }
  /** Only for those who were connected when it was written. */
  | { type: 'cut'; way: 'reset' | 'eof'; readers: ReadonlySet<ServerResponse> }

const lastStatus: Record<string, BackgroundStatus> = {
  'response.completed': 'completed',
  'response.incomplete': 'incomplete',
  'response.failed': 'failed',
  error: 'failed',
}

/** OpenAI's background responses: `POST /v1/responses` with `background: true`, kept by id in memory. */
export class BackgroundResponses {
  readonly #kept = new Map<string, KeptResponse>()

  all(): BackgroundResponse[] {
    return [...this.#kept.values()].map(({ id, status, readers, sequence }) => ({
      id,
      status,
      readers,
      sequence,
    }))
  }

  create(body: Record<string, unknown>): KeptResponse {
    const kept = new KeptResponse(`resp_bg_${this.#kept.size + 1}`, body)
    this.#kept.set(kept.id, kept)
    return kept
  }

  get(id: string): KeptResponse | undefined {
    const kept = this.#kept.get(id)
    return kept?.forgotten ? undefined : kept
  }

  /** As when it has expired: unknown from now on, its connections cut. */
  forget(id: string): void {
    this.#kept.get(id)?.forget()
  }

  close(): void {
    for (const kept of this.#kept.values()) kept.cancel()
  }
}

export class KeptResponse {
  readonly id: string
  status: BackgroundStatus = 'queued'
  sequence = -1
  forgotten = false
  readonly #model: unknown
  readonly #writer: WireWriter
  readonly #frames: Frame[] = []
  readonly #readers = new Set<ServerResponse>()
  readonly #cancelled = new AbortController()
  readonly #whenCancelled = once(this.#cancelled.signal, 'abort').then(() => undefined)
  #changed: Gate = gate()
  #pieceBytes = Number.POSITIVE_INFINITY
  #tokens = { text: 0, reasoning: 0 }

  constructor(id: string, body: Record<string, unknown>) {
    this.id = id
    this.#model = body['model']
    this.#writer = backgroundWriter(body, id)
  }

  get readers(): number {
    return this.#readers.size
  }

  get object(): Record<string, unknown> {
    const { id, status } = this
    return { id, object: 'response', background: true, status, model: this.#model }
  }

  /** Writes the answer to its end. `first` has been taken from the steps to see whether there is an answer at all. */
  async write(
    first: IteratorResult<Step>,
    rest: { next(): Promise<IteratorResult<Step>> },
  ): Promise<void> {
    this.#append(this.#writer.start())
    this.status = 'in_progress'
    let step: IteratorResult<Step> | undefined = first
    while (step && !step.done && !this.#isOver) {
      await this.#perform(step.value)
      step = await Promise.race([rest.next(), this.#whenCancelled])
    }
    if (!this.#isOver) this.#append(this.#writer.finish('stop', this.#usage()))
  }

  /** Its events behind `after`, those to come included, until it is over or the reader leaves. */
  async stream(response: ServerResponse, after: number): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    response.flushHeaders()
    this.#readers.add(response)
    response.on('close', () => {
      this.#readers.delete(response)
      this.#wake()
    })
    let index = this.#indexBehind(after)
    while (!response.destroyed) {
      const frame = this.#frames[index]
      if (frame) {
        index += 1
        if ((await this.#send(frame, response)) === 'cut') return
      } else if (this.#isOver) return void response.end()
      else await this.#changed.opened
    }
  }

  cancel(): void {
    if (!this.#isOver) this.status = 'cancelled'
    this.#cancelled.abort()
    this.#wake()
  }

  forget(): void {
    this.forgotten = true
    this.cancel()
    for (const reader of this.#readers) reader.socket?.resetAndDestroy()
  }

  get #isOver(): boolean {
    return this.status !== 'queued' && this.status !== 'in_progress'
  }

  async #perform(step: Step): Promise<void> {
    if (step.type === 'text') this.#tokens.text += 1
    if (step.type === 'reasoning') this.#tokens.reasoning += 1
    if (step.type === 'wait') await this.#wait(step.until)
    else if (step.type === 'split') this.#pieceBytes = step.bytes
    else if (step.type === 'half-close') this.#cut('eof')
    else if (step.type === 'reset' || step.type === 'eof') this.#cut(step.type)
    else if (step.type !== 'status') this.#append(this.#wireOf(step))
  }

  #wireOf(
    step: Exclude<Step, { type: 'wait' | 'split' | 'half-close' | 'reset' | 'eof' | 'status' }>,
  ) {
    switch (step.type) {
      case 'text':
        return this.#writer.text(step.delta)
      case 'reasoning':
        return this.#writer.reasoning(step.delta)
      case 'error':
        return this.#writer.error(step.error)
      case 'malformed':
        return `data: ${step.payload}\n\n`
      case 'raw':
        return step.bytes
      case 'finish':
        return this.#writer.finish(step.reason, step.usage ?? this.#usage())
    }
  }

  #append(wire: Uint8Array | string): void {
    const pieces = typeof wire === 'string' ? wire.split(/(?<=\n\n)/) : [wire]
    for (const piece of pieces) {
      const event = typeof piece === 'string' ? eventOf(piece) : undefined
      this.#frames.push({ type: 'wire', bytes: Buffer.from(piece), sequence: event?.sequence })
      this.sequence = event?.sequence ?? this.sequence
      this.status = lastStatus[event?.type ?? ''] ?? this.status
    }
    this.#wake()
  }

  #cut(way: 'reset' | 'eof'): void {
    this.#frames.push({ type: 'cut', way, readers: new Set(this.#readers) })
    this.#wake()
  }

  #wake(): void {
    this.#changed.open()
    this.#changed = gate()
  }

  #indexBehind(after: number): number {
    const last = this.#frames.findIndex(
      (frame) => frame.type === 'wire' && frame.sequence === after,
    )
    return last + 1
  }

  async #send(frame: Frame, response: ServerResponse): Promise<'cut' | 'sent'> {
    if (frame.type === 'wire') {
      await this.#sendBytes(frame.bytes, response)
      return 'sent'
    }
    if (!frame.readers.has(response)) return 'sent'
    if (frame.way === 'eof') response.end()
    else response.socket?.resetAndDestroy()
    return 'cut'
  }

  async #sendBytes(bytes: Buffer, response: ServerResponse): Promise<void> {
    for (let at = 0; at < bytes.length && !response.destroyed; at += this.#pieceBytes) {
      const accepted = response.write(bytes.subarray(at, at + this.#pieceBytes))
      if (!accepted) await Promise.race([once(response, 'drain'), once(response, 'close')])
      if (Number.isFinite(this.#pieceBytes)) await nextTurn()
    }
  }

  async #wait(until: Promise<unknown> | number): Promise<void> {
    const { signal } = this.#cancelled
    const waited =
      typeof until === 'number' ? delay(until, undefined, { signal }).catch(() => {}) : until
    await Promise.race([waited, this.#whenCancelled])
  }

  #usage(): Usage {
    const { text, reasoning } = this.#tokens
    return { input: 1, cached: 0, output: text + reasoning, reasoning }
  }
}

function eventOf(frame: string): { type: string; sequence: number } | undefined {
  const match = /^event: (\S+)\ndata: \{"type":"[^"]+","sequence_number":(\d+)/.exec(frame)
  return match?.[1] ? { type: match[1], sequence: Number(match[2]) } : undefined
}
