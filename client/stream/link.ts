import { createSseByteParser, type SseEvent } from '@/shared/stream/sse-parser'
import type { PageSignals } from './page-signals'
import type { Timers } from './timers'

/** One connection's lifeline: its signal fires when the caller lets go, on silence, and when the page is hidden. */
export type Link = {
  readonly signal: AbortSignal
  /** A byte came. */
  touch: () => void
  /** Frees the socket, the timer and the listeners. */
  release: () => void
}

export type LinkOptions = {
  timers: Timers
  page: PageSignals
  /** A connection without a byte for so long is taken for dead; comments count. */
  silenceMsMax: number
}

export function createLink(owner: AbortSignal, { timers, page, silenceMsMax }: LinkOptions): Link {
  const controller = new AbortController()
  let lastByteAt = timers.now()
  let cancelTimer = watchAfter(silenceMsMax)

  // One timer that re-arms itself: setting a new one for every byte read would cost more than the parsing.
  function watchAfter(delayMs: number) {
    return timers.after(delayMs, () => {
      const silenceMs = timers.now() - lastByteAt
      if (silenceMs >= silenceMsMax) return release()
      cancelTimer = watchAfter(silenceMsMax - silenceMs)
    })
  }

  const unsubscribe = page.subscribe((pageSignal) => {
    if (pageSignal === 'hide') release()
    // A sleeping machine's sockets die unnoticed, and its timers stood still.
    if (pageSignal === 'wake' && timers.now() - lastByteAt >= silenceMsMax / 2) release()
  })

  function release() {
    cancelTimer()
    unsubscribe()
    owner.removeEventListener('abort', release)
    controller.abort()
  }

  owner.addEventListener('abort', release, { once: true })
  if (owner.aborted) release()

  return {
    signal: controller.signal,
    touch: () => {
      lastByteAt = timers.now()
    },
    release,
  }
}

/** The events of one response, until it ends. Throws when the connection breaks; either way nothing unfinished comes out. */
export async function* readEvents(options: {
  body: ReadableStream<Uint8Array>
  link: Link
  onRetry?: (retryMs: number) => void
}): AsyncGenerator<SseEvent> {
  const { body, link, onRetry } = options
  const events: SseEvent[] = []
  const parser = createSseByteParser({
    onEvent: (event) => void events.push(event),
    ...(onRetry && { onRetry }),
  })
  const reader = body.getReader()
  while (true) {
    const { done, value } = await reader.read()
    if (done) return
    link.touch()
    parser.feed(value)
    yield* events.splice(0)
  }
}

export function isEventStream(response: Response): boolean {
  return /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
}
