import 'server-only'
import { keepAliveComment, streamPreamble } from '@/shared/stream/encode-event'
import type { Metrics, ReaderKind } from '../metrics/metrics'
import { ReaderWatch, type ReaderLimits } from './reader-watch'

export type SseOptions = {
  /** Encoded events, as they come. Ends the response when it ends. */
  frames: (signal: AbortSignal) => AsyncIterable<Uint8Array>
  /** Ends the response early, without a terminal marker: the client reconnects. */
  signal: AbortSignal
  /** Asked every 15 s while the response is open; once it says no, the response ends early. */
  mayRead: () => Promise<boolean>
  /** What the response counts as. */
  reader: { kind: ReaderKind; resumed: boolean }
  metrics: Pick<Metrics, 'readerOpened' | 'readerDropped'>
  headers?: Record<string, string>
  limits?: ReaderLimits
}

const usualLimits: ReaderLimits = { keepAliveMs: 15_000, stalledMs: 60_000, recheckMs: 15_000 }

const encoder = new TextEncoder()
const preamble = encoder.encode(streamPreamble)
const keepAlive = encoder.encode(keepAliveComment)

/**
 * A server-sent event stream (docs/protocol.md § 2). The body is pulled: a reader that does not read makes nothing pile
 * up, and silence is filled with comments so that proxies do not cut the connection.
 */
export function sseResponse(options: SseOptions): Response {
  return new Response(new ReadableStream(new SseBody(options)), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      ...options.headers,
    },
  })
}

type OpenReader = { counted: { closed(): void }; watch: ReaderWatch }
type Controller = ReadableStreamDefaultController<Uint8Array>

class SseBody implements UnderlyingDefaultSource<Uint8Array> {
  readonly #options: SseOptions
  readonly #left = new AbortController()
  readonly #frames: AsyncIterator<Uint8Array>
  #reader: OpenReader | undefined

  constructor(options: SseOptions) {
    this.#options = options
    const frames = options.frames(AbortSignal.any([options.signal, this.#left.signal]))
    this.#frames = frames[Symbol.asyncIterator]()
  }

  start(controller: Controller): void {
    controller.enqueue(preamble)
  }

  async pull(controller: Controller): Promise<void> {
    // Not in `start`: nobody reads or cancels the body of an answer to HEAD.
    this.#reader ??= this.#open(controller)
    const next = await this.#next()
    if (this.#left.signal.aborted) return
    if (next.done) return this.#end(controller)
    controller.enqueue(next.value)
    this.#reader.watch.offered()
  }

  cancel(): void {
    this.#leave()
  }

  #open(controller: Controller): OpenReader {
    const { metrics, reader, mayRead, limits = usualLimits } = this.#options
    const counted = metrics.readerOpened(reader.kind, { resumed: reader.resumed })
    const watch = new ReaderWatch({
      limits,
      mayRead,
      isWaiting: () => (controller.desiredSize ?? 0) > 0,
      onSilence: () => controller.enqueue(keepAlive),
      onStalled: () => this.#drop(controller),
      onRefused: () => this.#end(controller),
    })
    return { counted, watch }
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    try {
      return await this.#frames.next()
    } catch (error) {
      this.#leave()
      throw error
    }
  }

  #end(controller: Controller): void {
    this.#leave()
    controller.close()
  }

  /** An error, not a close: what waits to be taken is let go as well, and a reader that wakes up finds itself cut. */
  #drop(controller: Controller): void {
    this.#options.metrics.readerDropped('stalled')
    this.#leave()
    controller.error(new DOMException('The reader has stalled.', 'AbortError'))
  }

  #leave(): void {
    this.#reader?.watch.close()
    this.#reader?.counted.closed()
    this.#left.abort()
    // A generator that stands at a `yield` hears no signal.
    this.#frames.return?.().catch(() => undefined)
  }
}
