import 'server-only'
import { keepAliveComment, streamPreamble } from '@/shared/stream/encode-event'

export type SseOptions = {
  /** Encoded events, as they come. Ends the response when it ends. */
  frames: (signal: AbortSignal) => AsyncIterable<Uint8Array>
  /** Ends the response early, without a terminal marker: the client reconnects. */
  signal: AbortSignal
  headers?: Record<string, string>
  keepAliveMs?: number
}

const encoder = new TextEncoder()
const preamble = encoder.encode(streamPreamble)
const keepAlive = encoder.encode(keepAliveComment)

/**
 * A server-sent event stream (docs/protocol.md § 2). The body is pulled: a reader that does not read makes nothing pile
 * up, and silence is filled with comments so that proxies do not cut the connection.
 */
export function sseResponse({
  frames,
  signal,
  headers = {},
  keepAliveMs = 15_000,
}: SseOptions): Response {
  const left = new AbortController()
  const ended = AbortSignal.any([signal, left.signal])
  const iterator = frames(ended)[Symbol.asyncIterator]()
  let pending: Promise<IteratorResult<Uint8Array>> | undefined

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(preamble)
    },
    async pull(controller) {
      pending ??= iterator.next()
      const next = await within(pending, keepAliveMs)
      if (next === 'silence') return controller.enqueue(keepAlive)
      pending = undefined
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    cancel() {
      left.abort()
    },
  })

  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      ...headers,
    },
  })
}

async function within<Value>(promise: Promise<Value>, waitMs: number): Promise<Value | 'silence'> {
  const { promise: silence, resolve } = Promise.withResolvers<'silence'>()
  const timer = setTimeout(resolve, waitMs, 'silence')
  try {
    return await Promise.race([promise, silence])
  } finally {
    clearTimeout(timer)
  }
}
