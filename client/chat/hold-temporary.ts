import { chatPath } from '../api/chat-api'
import { type Fetch, ProblemError, requestNothing } from '../api/http'
import type { PageSignals } from '../stream/page-signals'
import type { Timers } from '../stream/timers'

/** A page in the background is let do something about once a minute. */
const everyMs = 60_000

type HoldOptions = {
  chatId: string
  fetch: Fetch
  timers: Timers
  page: Pick<PageSignals, 'subscribe'>
  /** The window, which tells when the page goes and comes. */
  events: Pick<EventTarget, 'addEventListener'>
  onGone: () => void
}

/**
 * Says again and again that a page shows a temporary chat, so that the server keeps it, and that the page is left when it
 * is. Answers what lets go.
 */
export function holdTemporary(options: HoldOptions): () => void {
  const { chatId, fetch, timers, page, events, onGone } = options
  const path = `${chatPath(chatId)}/hold`
  const abort = new AbortController()
  let cancelTimer = () => {}

  async function hold() {
    cancelTimer()
    cancelTimer = timers.after(everyMs, () => void hold())
    try {
      await requestNothing(fetch, path, { method: 'POST', signal: abort.signal })
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 404 && !abort.signal.aborted)
        onGone()
    }
  }

  /** Outlives the page; whether it arrives nobody can tell. */
  function leave() {
    cancelTimer()
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ left: true })
    void fetch(path, { method: 'POST', keepalive: true, headers, body }).catch(() => undefined)
  }

  events.addEventListener('pagehide', leave, { signal: abort.signal })
  const unsubscribe = page.subscribe((signal) => signal === 'wake' && void hold())
  void hold()
  return () => {
    abort.abort()
    unsubscribe()
    leave()
  }
}
