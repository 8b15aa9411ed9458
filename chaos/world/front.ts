import { once } from 'node:events'
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Cut } from '../plan/answer-plan'

/** What a reader asks of the proxy with a request, in a header that goes no further. */
export type Passage = {
  /** Who asks; breaks and returns are told by it. */
  reader: string
  /** The instance to try first, counted round. */
  entry: number
  cut?: Cut | undefined
  bytesPerSecond?: number | undefined
}

export type FrontEvent =
  | { type: 'cut'; reader: string; how: Cut['how'] }
  /** The instance ended the stream before the answer’s end, in good order or not. */
  | { type: 'broken'; reader: string }
  /** A stream begins again after a break. */
  | { type: 'returned'; reader: string; afterMs: number }

export type Front = {
  readonly url: string
  close(): Promise<void>
}

export const passageHeader = 'x-chaos-passage'
/** In every response: the port of the instance that it came from. */
export const servedByHeader = 'x-chaos-served-by'

const passageSchema = z.object({
  reader: z.string(),
  entry: z.number(),
  cut: z.object({ how: z.enum(['reset', 'end']), afterBytes: z.number() }).optional(),
  bytesPerSecond: z.number().optional(),
})

const slowPieceMs = 50
const endOfAnswer = Buffer.from('data: [DONE]\n\n')

/**
 * Stands in front of the instances: hands each request to the next of them that is up, and breaks streams as it is told
 * to. An instance that is down or says that it leaves has begun nothing, so the request goes to the one after it.
 */
export async function startFront(options: {
  targets: readonly string[]
  onEvent: (event: FrontEvent) => void
}): Promise<Front> {
  const breaks = new Breaks(options.onEvent)
  let turn = 0

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { [passageHeader]: header, ...headers } = incoming.headers
    const passage = typeof header === 'string' ? passageSchema.parse(JSON.parse(header)) : undefined
    const { method, url = '' } = incoming
    const sent: Sent = { method, url, headers, body: await buffer(incoming) }
    const first = passage?.entry ?? turn++
    const found = await firstAnswer(options.targets, { first, sent, outgoing })
    if (outgoing.destroyed) return
    // Nobody listens: as without a proxy, the connection is not made.
    if (!found) return void outgoing.socket?.resetAndDestroy()
    const { response, target } = found
    const served = { ...response.headers, [servedByHeader]: new URL(target).port }
    outgoing.writeHead(response.statusCode ?? 502, served)
    if (!passage || !isEventStream(response)) return pipeline(response, outgoing)
    outgoing.flushHeaders()
    await new StreamPassage({ passage, response, outgoing, breaks }).run()
  }

  const front = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  const address = front.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      front.closeAllConnections()
      front.close()
      await once(front, 'close')
    },
  }
}

/** When the stream of a reader was broken, until it has another. */
class Breaks {
  readonly #onEvent: (event: FrontEvent) => void
  readonly #since = new Map<string, number>()

  constructor(onEvent: (event: FrontEvent) => void) {
    this.#onEvent = onEvent
  }

  cut(reader: string, how: Cut['how']): void {
    this.#since.set(reader, performance.now())
    this.#onEvent({ type: 'cut', reader, how })
  }

  broken(reader: string): void {
    this.#since.set(reader, performance.now())
    this.#onEvent({ type: 'broken', reader })
  }

  begins(reader: string): void {
    const since = this.#since.get(reader)
    this.#since.delete(reader)
    if (since === undefined) return
    this.#onEvent({ type: 'returned', reader, afterMs: performance.now() - since })
  }

  /** It left by itself. */
  forget(reader: string): void {
    this.#since.delete(reader)
  }
}

type Sent = {
  method: string | undefined
  url: string
  headers: IncomingHttpHeaders
  body: Buffer
}

async function firstAnswer(
  targets: readonly string[],
  { first, sent, outgoing }: { first: number; sent: Sent; outgoing: ServerResponse },
): Promise<{ response: IncomingMessage; target: string } | undefined> {
  for (let tried = 0; tried < targets.length && !outgoing.destroyed; tried += 1) {
    const target = targets[(first + tried) % targets.length] ?? ''
    const response = await ask(target, sent, outgoing).catch(() => undefined)
    if (!response) continue
    if (response.statusCode !== 503 || tried === targets.length - 1) return { response, target }
    response.destroy()
  }
  return undefined
}

function ask(target: string, sent: Sent, outgoing: ServerResponse): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, url, headers, body } = sent
    const request = httpRequest(target + url, { method, headers, agent: false }, resolve)
    request.on('error', reject)
    outgoing.on('close', () => request.destroy())
    request.end(body)
  })
}

class StreamPassage {
  readonly #passage: Passage
  readonly #response: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #breaks: Breaks
  #bytes = 0
  #tail = Buffer.alloc(0)

  constructor(options: {
    passage: Passage
    response: IncomingMessage
    outgoing: ServerResponse
    breaks: Breaks
  }) {
    this.#passage = options.passage
    this.#response = options.response
    this.#outgoing = options.outgoing
    this.#breaks = options.breaks
  }

  async run(): Promise<void> {
    const { reader, cut } = this.#passage
    this.#breaks.begins(reader)
    try {
      for await (const piece of this.#response) {
        if (await this.#passOn(piece)) return this.#cut(cut?.how ?? 'end')
        if (this.#outgoing.destroyed) return this.#breaks.forget(reader)
      }
    } catch {
      if (this.#outgoing.destroyed) return this.#breaks.forget(reader)
      this.#breaks.broken(reader)
      return void this.#outgoing.socket?.resetAndDestroy()
    }
    if (!this.#tail.equals(endOfAnswer)) this.#breaks.broken(reader)
    this.#outgoing.end()
  }

  /** True when the cut is here. */
  async #passOn(piece: Buffer): Promise<boolean> {
    const { cut } = this.#passage
    const room = cut ? cut.afterBytes - this.#bytes : piece.length
    const passed = piece.subarray(0, room)
    await this.#write(passed)
    this.#bytes += passed.length
    this.#tail = Buffer.concat([this.#tail, passed]).subarray(-endOfAnswer.length)
    return cut !== undefined && this.#bytes >= cut.afterBytes
  }

  #cut(how: Cut['how']): void {
    this.#response.destroy()
    // Behind the marker nothing is left to lose.
    if (!this.#tail.equals(endOfAnswer)) this.#breaks.cut(this.#passage.reader, how)
    if (how === 'end') this.#outgoing.end()
    else this.#outgoing.socket?.resetAndDestroy()
  }

  async #write(bytes: Buffer): Promise<void> {
    const { bytesPerSecond } = this.#passage
    if (!bytesPerSecond) return write(this.#outgoing, bytes)
    const pieceBytes = Math.ceil((bytesPerSecond * slowPieceMs) / 1000)
    for (let at = 0; at < bytes.length && !this.#outgoing.destroyed; at += pieceBytes) {
      const part = bytes.subarray(at, at + pieceBytes)
      await write(this.#outgoing, part)
      await delay((part.length / bytesPerSecond) * 1000)
    }
  }
}

function isEventStream({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/event-stream') ?? false
}

/** Resolves when the bytes have left, or the receiver has. */
function write(outgoing: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => outgoing.write(bytes, () => resolve()))
}
