import type { EventStream } from '@/e2e/fixtures/event-stream'
import { chunkOf, doneMarker } from '@/e2e/fixtures/event-stream'
import { createChatApi } from '@/client/api/chat-api'
import type { MessageStatus } from '@/shared/chat/message'
import { parseEventId, runKeyOf } from '@/shared/stream/event-id'
import { createNetwork, servedBy, type Network } from './network'
import { pause, persist } from './patience'
import { textOf, type ReaderEnd, type ReaderOptions } from './reader'

/** Reads as any other client may: a foreign parser, `Last-Event-ID`, and the messages when the stream is gone. */
export async function readRaw(options: ReaderOptions): Promise<ReaderEnd> {
  return new RawReader(options).read()
}

type Step = 'again' | 'complete' | 'load'

class RawReader {
  readonly #options: ReaderOptions
  readonly #network: Network
  readonly #api: ReturnType<typeof createChatApi>
  readonly #wrongs: string[] = []
  readonly #seen: { port: number; length: number }[] = []
  #sends: boolean
  #lastEventId: string | undefined
  #runKey: string | undefined
  #text = ''
  #status: MessageStatus | undefined
  #reloads = 0
  #stream: EventStream | undefined

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#network = createNetwork(options)
    this.#api = createChatApi((path, init) => this.#network.fetch(path, init))
    this.#sends = options.plan.begins === 'sends'
  }

  async read(): Promise<ReaderEnd> {
    const { plan, answer } = this.#options
    if (!this.#sends) await answer.accepted.promise
    await pause(plan.afterMs, answer.signal)
    void this.#reloadAsPlanned()
    const leave = () => void this.#stream?.close()
    answer.signal.addEventListener('abort', leave, { once: true })
    while (true) {
      answer.signal.throwIfAborted()
      const step = await this.#connect()
      if (step === 'complete') break
      if (step === 'load' && (await this.#load())) break
      await pause(Math.max(5, this.#network.pauseMs()), answer.signal)
    }
    const { name } = plan
    const end = { name, text: this.#text, status: this.#status }
    return { ...end, reloads: this.#reloads, seen: this.#seen, wrongs: this.#wrongs }
  }

  async #connect(): Promise<Step> {
    const life = this.#reloads
    const stream = await this.#open().catch(() => undefined)
    if (!stream) return 'again'
    if (stream.status === 200) return this.#readStream(stream, life)
    await stream.ended
    if (stream.status === 204 || stream.status === 410) {
      this.#accept()
      return 'load'
    }
    if (stream.status < 500) this.#wrongs.push(`refused: ${stream.status} ${stream.raw}`)
    return stream.status < 500 ? 'load' : 'again'
  }

  #open(): Promise<EventStream> {
    const { chatId, messageId, question, model } = this.#options.answer.plan
    if (this.#sends) {
      const message = {
        id: messageId,
        role: 'user',
        parts: [{ type: 'text', text: question }],
      }
      return this.#network.openStream('/api/chat', { body: { id: chatId, message, model } })
    }
    return this.#network.openStream(`/api/chat/${chatId}/stream`, {
      ...(this.#lastEventId && { headers: { 'last-event-id': this.#lastEventId } }),
    })
  }

  async #readStream(stream: EventStream, life: number): Promise<Step> {
    this.#accept()
    this.#stream = stream
    if (life === this.#reloads) await stream.ended
    // What it was asked for with belongs to an earlier life.
    if (life !== this.#reloads) {
      await stream.close()
      return 'again'
    }
    const { runId } = stream
    this.#runKey ??= runKeyOf(runId)
    if (runKeyOf(runId) !== this.#runKey) {
      this.#wrongs.push(`another run came: ${runId}`)
      return 'load'
    }
    this.#take(stream)
    const port = servedBy(stream.headers)
    const hadText = stream.events.some(({ data }) => data.includes('"text-delta"'))
    if (hadText) this.#seen.push({ port, length: this.#text.length })
    const [first, last] = [stream.events[0]?.id, stream.events.at(-1)?.id]
    this.#note(`had ${stream.events.length} events, ${first} to ${last}, from instance ${port}`)
    if (stream.isComplete) return 'complete'
    // Events without ids, made from what is stored, leave no place to continue from.
    if (stream.events.some(({ id }) => id === undefined)) this.#drop()
    return 'again'
  }

  #take(stream: EventStream): void {
    let last = parseEventId(this.#lastEventId ?? '')?.seq ?? 0
    for (const event of stream.events) {
      if (event.id !== undefined) last = this.#takeId(event.id, last)
      if (event.data === doneMarker) continue
      const chunk = chunkOf(event)
      if (chunk.type === 'text-delta') this.#text += chunk.delta ?? ''
      this.#status = chunk.messageMetadata?.status ?? this.#status
    }
  }

  #takeId(text: string, last: number): number {
    const id = parseEventId(text)
    if (!id || id.runKey !== this.#runKey || id.seq <= last)
      this.#wrongs.push(`event ${text} came after ${this.#runKey}.${last}`)
    this.#lastEventId = text
    return id?.seq ?? last
  }

  #note(text: string): void {
    const { plan, answer } = this.#options
    answer.note(`${plan.name}: ${text}`)
  }

  #accept(): void {
    this.#sends = false
    this.#options.answer.accepted.resolve()
  }

  /** True when the run is over, and what is stored is all there will be. */
  async #load(): Promise<boolean> {
    const { plan, signal } = this.#options.answer
    const chat = await persist(() => this.#api.loadChat(plan.chatId, signal), {
      pauseMs: () => this.#network.pauseMs(),
      signal,
    })
    this.#drop()
    if (chat.activeRunId !== null) return false
    const answer = chat.messages.findLast(({ role }) => role === 'assistant')
    this.#text = textOf(answer)
    this.#status = answer?.metadata?.status
    return true
  }

  #drop(): void {
    this.#lastEventId = undefined
    this.#runKey = undefined
    this.#text = ''
    this.#status = undefined
  }

  async #reloadAsPlanned(): Promise<void> {
    const { plan, answer } = this.#options
    for (const afterMs of plan.reloadsAfterMs) {
      await pause(afterMs, answer.signal)
      if (!this.#stream || this.#sends || this.#stream.isComplete) return
      this.#reloads += 1
      this.#note('reloads')
      this.#drop()
      await this.#stream.close()
    }
  }
}
