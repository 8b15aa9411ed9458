import 'server-only'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { ServerResponse } from 'node:http'

/** Above the time after which `sseResponse` itself lets a reader go, so that it is the one to count it. */
const usualIdleMs = 90_000

const requestStarted = 'http.server.request.start'

/**
 * Destroys the socket under an event stream once no byte has moved on it for `idleMs`; for twice that when it stalled in the
 * middle of a write, which Node at first takes for progress. Ending the body is not enough: Next
 * waits for a full socket to drain before it ends the response, and a peer that never reads never lets it drain. A living
 * stream moves a comment every 15 s. Returns the way to end this.
 */
export function destroyStalledSockets(idleMs = usualIdleMs): () => void {
  const watch = (message: unknown) => {
    const response = responseOf(message)
    response?.setTimeout(idleMs, () => {
      if (isEventStream(response)) response.destroy()
    })
  }
  subscribe(requestStarted, watch)
  return () => void unsubscribe(requestStarted, watch)
}

function responseOf(message: unknown): ServerResponse | undefined {
  if (typeof message !== 'object' || message === null || !('response' in message)) return undefined
  return message.response instanceof ServerResponse ? message.response : undefined
}

function isEventStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream')
}
