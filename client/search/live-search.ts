import type { SearchResults } from '@/shared/search/search-results'
import type { Timers } from '../stream/timers'
import type { SearchCall, SearchWish } from './search-api'

export type SearchSnapshot = {
  /** `waiting` while what is shown is of an earlier wish, or of none. */
  readonly status: 'idle' | 'waiting' | 'done' | 'failed'
  /** What `results` are of. */
  readonly wish: SearchWish | undefined
  readonly results: SearchResults | undefined
  readonly loadingMore: boolean
}

export type LiveSearch = {
  getSnapshot: () => SearchSnapshot
  subscribe: (listener: () => void) => () => void
  /** Asks once nothing new was wished for a moment; what was asked before is let go. Without a word in it nothing is shown. */
  wish: (wish: SearchWish) => void
  /** The next page; one at a time. */
  more: () => void
  stop: () => void
}

const restMs = 120
const idle: SearchSnapshot = {
  status: 'idle',
  wish: undefined,
  results: undefined,
  loadingMore: false,
}

/** Search as one types: the answer to the latest wish wins, whichever comes first. */
export function createLiveSearch({
  search,
  timers,
  limit,
}: {
  search: SearchCall
  timers: Timers
  limit?: number
}): LiveSearch {
  const listeners = new Set<() => void>()
  let snapshot = idle
  let abort = new AbortController()
  let cancelRest: (() => void) | undefined

  function show(next: Partial<SearchSnapshot>) {
    snapshot = { ...snapshot, ...next }
    for (const listener of listeners) listener()
  }

  function letGo(): AbortSignal {
    cancelRest?.()
    abort.abort()
    abort = new AbortController()
    return abort.signal
  }

  async function ask(wish: SearchWish, signal: AbortSignal) {
    try {
      const results = await search(wish, { signal, ...(limit && { limit }) })
      if (!signal.aborted) show({ status: 'done', wish, results })
    } catch {
      if (!signal.aborted) show({ status: 'failed', wish, results: undefined })
    }
  }

  async function askMore({ wish, results }: SearchSnapshot, signal: AbortSignal) {
    if (!wish || !results) return
    try {
      const { nextCursor: cursor } = results
      const next = await search(wish, { cursor, signal, ...(limit && { limit }) })
      const messages = [...results.messages, ...next.messages]
      if (!signal.aborted) show({ results: { ...next, chats: results.chats, messages } })
    } catch {
      if (!signal.aborted) show({ status: 'failed' })
    } finally {
      if (!signal.aborted) show({ loadingMore: false })
    }
  }

  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    wish: (wish) => {
      const signal = letGo()
      if (wish.q.trim() === '') return show(idle)
      show({ status: 'waiting', loadingMore: false })
      cancelRest = timers.after(restMs, () => void ask(wish, signal))
    },
    more: () => {
      if (snapshot.loadingMore || snapshot.status !== 'done' || !snapshot.results?.nextCursor)
        return
      show({ loadingMore: true })
      void askMore(snapshot, abort.signal)
    },
    stop: () => void letGo(),
  }
}
