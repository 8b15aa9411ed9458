import type { LiveEvent } from '@/shared/chat/live-event'
import type { Fetch } from '../api/http'
import { createBackOff } from '../stream/back-off'
import { createLink, isEventStream, readEvents } from '../stream/link'
import type { PageSignals } from '../stream/page-signals'
import type { Timers } from '../stream/timers'

export type EventFeedOptions = {
  fetch: Fetch
  timers: Timers
  page: PageSignals
  random: () => number
  /** Called after each connect: what happened before may have been missed. */
  onConnected: () => void
  onEvent: (event: LiveEvent) => void
}

/** The server sends a comment after 15 s of silence. */
const silenceMsMax = 45_000

/** Reads `GET /api/events` until the signal aborts, through every cut; ends early when there is no session to read for. */
export async function readEventFeed(options: EventFeedOptions, signal: AbortSignal): Promise<void> {
  const backOff = createBackOff(options)
  while (!signal.aborted) {
    const end = await readOnce(options, { signal, onProgress: backOff.reset })
    if (end === 'refused') return
    await backOff.wait({ signal }).catch(() => undefined)
  }
}

async function readOnce(
  options: EventFeedOptions,
  { signal, onProgress }: { signal: AbortSignal; onProgress: () => void },
): Promise<'cut' | 'refused'> {
  const { fetch, timers, page, onConnected, onEvent } = options
  const link = createLink(signal, { timers, page, silenceMsMax })
  try {
    const headers = { accept: 'text/event-stream' }
    const response = await fetch('/api/events', { headers, cache: 'no-store', signal: link.signal })
    link.touch()
    if (response.status === 401 || response.status === 404) return 'refused'
    if (response.status !== 200 || !response.body || !isEventStream(response)) return 'cut'
    onConnected()
    for await (const { data } of readEvents({ body: response.body, link })) {
      const event = await parseLiveEvent(data)
      onProgress()
      if (event) onEvent(event)
    }
  } catch {
    // A cut, or our own letting go: the caller looks at its signal.
  } finally {
    link.release()
  }
  return 'cut'
}

/** Nothing for what a newer server may send and this page does not know. The schema is loaded with the first event. */
export async function parseLiveEvent(data: string): Promise<LiveEvent | undefined> {
  const { liveEventSchema } = await import('@/shared/chat/live-event')
  try {
    const value: unknown = JSON.parse(data)
    return liveEventSchema.safeParse(value).data
  } catch {
    return undefined
  }
}
