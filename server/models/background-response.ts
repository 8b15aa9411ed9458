import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { createSseByteParser } from '@/shared/stream/sse-parser'
import { log } from '../log'
import type { ResponseRequests } from './response-requests'

/**
 * The reason to abort a background response with when another process is to go on with it: the connection is dropped and
 * the provider left to write on. With any other reason the response is cancelled.
 */
export class UpstreamDetached extends Error {
  constructor() {
    super('The answer is left to another process.')
    this.name = 'UpstreamDetached'
  }
}

export type BackgroundCall = {
  fetch: typeof globalThis.fetch
  requests: ResponseRequests
  /** Told as soon as it is known, before the first event is handed on. */
  onResponseId?: (responseId: string) => void
  /** Reads this response from its first event on, instead of asking for a new one. */
  resumedId?: string
  /** The wait before each try to connect again, in a row that begins anew with every event that comes. */
  retryWaitsMs?: readonly number[]
  /** After this much silence the connection is taken for dead, and made anew. */
  silenceMs?: number
}

/** Together less than the watchdog allows a model to be silent in the middle of an answer (docs/protocol.md § 5). */
const defaultRetryWaitsMs = [100, 1_000, 3_000, 6_000, 9_000]
/** Well within the watchdog's patience. A model that is silent that long costs one more request, and nothing else. */
const defaultSilenceMs = 12_000
/** For a caller that leaves before the id has come, without which nothing can be cancelled. */
const idWithinMs = 5_000

/**
 * A `fetch` for streaming calls of OpenAI's Responses API, in background mode. Its body is one unbroken stream, whatever
 * happens to the connections underneath; it ends without a last event only when the answer is out of reach for good.
 */
export function backgroundFetch(call: BackgroundCall): typeof globalThis.fetch {
  return (input, init = {}) =>
    new BackgroundResponse(call, init.signal ?? undefined).open(input, init)
}

class BackgroundResponse {
  readonly #call: BackgroundCall
  readonly #caller: AbortSignal | undefined
  readonly #connection = new AbortController()
  readonly #over = new AbortController()
  #opening: Promise<Response> | undefined
  #id: string | undefined
  #handedOn = false
  #lastSequence = -1
  #failures = 0
  #complete = false
  #silent = false

  constructor(call: BackgroundCall, caller: AbortSignal | undefined) {
    this.#call = call
    this.#caller = caller
    this.#id = call.resumedId
  }

  /** Rejects as soon as the caller aborts, while what has to be done about it goes on. */
  async open(input: RequestInfo | URL, init: RequestInit): Promise<Response> {
    this.#caller?.throwIfAborted()
    const opening = this.#id === undefined ? this.#start(input, init) : this.#resume()
    this.#opening = opening
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        reject(this.#caller?.reason)
        void this.#leave()
      }
      this.#caller?.addEventListener('abort', onAbort, { signal: this.#over.signal })
      opening.then(resolve, reject)
    })
  }

  async #start(input: RequestInfo | URL, init: RequestInit): Promise<Response> {
    const body = inBackground(init.body)
    const { signal } = this.#connection
    const response = await this.#call.fetch(input, { ...init, body, signal })
    if (!response.ok || !response.body) return response
    return this.#unbroken(response.body, response.headers)
  }

  async #resume(): Promise<Response> {
    const body = await this.#connect()
    return body ? this.#unbroken(body, eventStream) : new Response('', { headers: eventStream })
  }

  /** Waits for the first event, which names the response: from then on it can be resumed and cancelled. */
  async #unbroken(connected: ReadableStream<Uint8Array>, headers: HeadersInit): Promise<Response> {
    const frames = this.#frames(connected)
    const first = await frames.next()
    const body = bodyOf({ first, rest: frames, onCancel: () => this.#leave() })
    return new Response(body, { headers })
  }

  async *#frames(connected: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
    try {
      let body: ReadableStream<Uint8Array> | undefined = connected
      while (body) {
        yield* this.#read(body)
        body = await this.#reconnect()
      }
    } finally {
      this.#over.abort()
    }
  }

  async *#read(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
    try {
      for await (const events of eventsOf(this.#heard(body))) {
        const frames = events.map((text) => this.#take(text)).join('')
        if (frames) yield frames
      }
    } catch (error) {
      this.#connection.signal.throwIfAborted()
      if (!this.#complete && !this.#canResume()) throw error
    }
  }

  /** The bytes of one connection, until it ends or falls silent. */
  async *#heard(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    const reader = body.getReader()
    const hangUp = () => void reader.cancel().catch(() => undefined)
    const onSilence = () => {
      if (!this.#canResume()) return
      this.#silent = true
      hangUp()
    }
    const timer = setTimeout(onSilence, this.#call.silenceMs ?? defaultSilenceMs)
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        timer.refresh()
        yield read.value
      }
    } finally {
      clearTimeout(timer)
      hangUp()
    }
  }

  /** The event as it goes on to the caller; nothing for one that came before. */
  #take(text: string): string {
    const { type, sequence_number: sequence, response } = eventOf(text)
    if (sequence !== undefined) {
      if (sequence <= this.#lastSequence) return ''
      this.#lastSequence = sequence
      this.#failures = 0
      if (response) this.#learn(response.id)
    }
    this.#handedOn = true
    this.#complete ||= type !== undefined && lastEvents.has(type)
    return `data: ${text.replaceAll('\n', '\ndata: ')}\n\n`
  }

  #learn(responseId: string): void {
    if (this.#id !== undefined || !safeId.test(responseId)) return
    this.#id = responseId
    this.#call.onResponseId?.(responseId)
  }

  /** A server that numbers no events cannot be asked for those behind the last one. */
  #canResume(): boolean {
    return this.#id !== undefined && (this.#lastSequence >= 0 || !this.#handedOn)
  }

  async #reconnect(): Promise<ReadableStream<Uint8Array> | undefined> {
    if (this.#complete || this.#id === undefined || !this.#canResume()) return undefined
    if (this.#silent) {
      this.#silent = false
      return this.#connect()
    }
    const { signal } = this.#connection
    // A connection that brought nothing and was closed in good order: perhaps there is nothing more to come.
    const isCancelled =
      this.#failures > 0 &&
      (await this.#call.requests.isCancelled({ responseId: this.#id, signal }))
    if (isCancelled) return this.#giveUp('cancelled')
    return (await this.#waitToRetry()) ? this.#connect() : undefined
  }

  async #connect(): Promise<ReadableStream<Uint8Array> | undefined> {
    if (this.#id === undefined) return undefined
    do {
      const followed = await this.#call.requests.follow({
        responseId: this.#id,
        after: this.#lastSequence,
        signal: this.#connection.signal,
      })
      if (followed.status === 'streaming') return followed.body
      if (followed.status === 'gone') return this.#giveUp(followed.reason)
    } while (await this.#waitToRetry())
    return undefined
  }

  /** False when there were tries enough. */
  async #waitToRetry(): Promise<boolean> {
    const waitMs = (this.#call.retryWaitsMs ?? defaultRetryWaitsMs)[this.#failures++]
    if (waitMs === undefined) return Boolean(this.#giveUp('unreachable'))
    await delay(waitMs, undefined, { signal: this.#connection.signal })
    return true
  }

  #giveUp(reason: string): undefined {
    log.warn('A background response is out of reach.', { responseId: this.#id, reason })
  }

  /** The caller has gone. Only what somebody can resume is left running. */
  async #leave(): Promise<void> {
    if (this.#over.signal.aborted) return
    this.#over.abort()
    const reason: unknown = this.#caller?.reason
    const isResumed = isDetached(reason) && this.#id !== undefined
    if (this.#id === undefined) await settledWithin(this.#opening, idWithinMs)
    this.#connection.abort(reason)
    if (this.#id === undefined || this.#complete || isResumed) return
    await this.#call.requests.cancel(this.#id)
  }
}

const eventStream = { 'content-type': 'text/event-stream' }
const lastEvents: ReadonlySet<string> = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.cancelled',
  'error',
])
/** What can stand in a path without leaving it. */
const safeId = /^\w[\w.:=-]{0,255}$/

const eventSchema = z.object({
  type: z.string().optional().catch(undefined),
  sequence_number: z.int().min(0).optional().catch(undefined),
  response: z.object({ id: z.string() }).optional().catch(undefined),
})

/** Nothing is known of an event that cannot be read; that is for the caller to say. */
function eventOf(text: string): Partial<z.output<typeof eventSchema>> {
  try {
    return eventSchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}

const bodySchema = z.record(z.string(), z.unknown())

function inBackground(body: BodyInit | null | undefined): string {
  const asked = bodySchema.parse(JSON.parse(z.string().parse(body)))
  return JSON.stringify({ ...asked, background: true })
}

/** By name, because Next bundles each route on its own, and with it a class of its own. */
function isDetached(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'UpstreamDetached'
}

/** Events as they arrive together. One that a cut left open is dropped: it comes again, whole. */
async function* eventsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let events: string[] = []
  const parser = createSseByteParser({ onEvent: ({ data }) => void events.push(data) })
  for await (const piece of bytes) {
    parser.feed(piece)
    if (events.length > 0) yield events
    events = []
  }
}

type BodyOptions = {
  first: IteratorResult<string, undefined>
  rest: AsyncGenerator<string, undefined>
  onCancel: () => Promise<void>
}

function bodyOf({ first, rest, onCancel }: BodyOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let next: IteratorResult<string, undefined> | undefined = first
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = next ?? (await rest.next())
        next = undefined
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      cancel() {
        void onCancel()
        void rest.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

async function settledWithin(
  promise: Promise<unknown> | undefined,
  patienceMs: number,
): Promise<void> {
  const patience = new AbortController()
  const settled = Promise.resolve(promise).catch(() => undefined)
  const waited = delay(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)
  await Promise.race([settled, waited])
  patience.abort()
}
