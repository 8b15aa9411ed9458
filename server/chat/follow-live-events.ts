import 'server-only'
import type { LiveEvent } from '@/shared/chat/live-event'
import type { Session } from '../auth/session-token'
import { sseResponse } from '../http/sse-response'
import type { Services } from '../services'
import { shuttingDown } from './active-runs'
import { readingRight } from './reading-right'

/** A reader this far behind is let go: it reconnects, and reloads its list. */
const waitingMax = 1000

const encoder = new TextEncoder()

/** The user's live events as a stream, from now on (docs/protocol.md § 2). */
export function followLiveEvents({
  services,
  session,
  signal,
}: {
  services: Services
  session: Session
  signal: AbortSignal
}): Response {
  if (services.activeRuns.leavingSignal.aborted) throw shuttingDown()
  return sseResponse({
    signal: AbortSignal.any([signal, services.activeRuns.leavingSignal]),
    mayRead: readingRight({ services, session }),
    reader: { kind: 'events', resumed: false },
    metrics: services.metrics,
    frames: (ended) => liveFrames(services, session.userId, ended),
  })
}

async function* liveFrames(
  services: Services,
  userId: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const waiting: LiveEvent[] = []
  let wake = () => {}
  services.liveEvents.subscribe(userId, {
    signal,
    listener: (event) => {
      if (waiting.length < waitingMax) waiting.push(event)
      wake()
    },
  })
  signal.addEventListener('abort', () => wake(), { once: true })
  while (!signal.aborted && waiting.length < waitingMax) {
    const events = waiting.splice(0)
    if (events.length > 0)
      yield encoder.encode(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
    else await new Promise<void>((resolve) => (wake = resolve))
  }
  if (!signal.aborted) services.metrics.readerDropped('behind')
}
