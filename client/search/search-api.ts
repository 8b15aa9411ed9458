import type { SearchResults } from '@/shared/search/search-results'
import { type Fetch, requestJson } from '../api/http'

/** As the address of the search page has it. Days are `2026-01-31`, of the reader’s own calendar; `to` is the last one. */
export type SearchWish = {
  q: string
  from?: string | undefined
  to?: string | undefined
  role?: string | undefined
  model?: string | undefined
  /** The id of one. */
  folder?: string | undefined
}

export type SearchCall = (
  wish: SearchWish,
  options: { cursor?: string | null; limit?: number; signal: AbortSignal },
) => Promise<SearchResults>

/** Rejects with a `ProblemError`, or with the signal’s reason. */
export function createSearchCall(fetch: Fetch): SearchCall {
  return (wish, { cursor, limit, signal }) => {
    const query = new URLSearchParams({ q: wish.q })
    const from = startOfDay(wish.from)
    const to = startOfDay(wish.to, 1)
    if (from !== undefined) query.set('from', String(from))
    if (to !== undefined) query.set('to', String(to))
    if (wish.role) query.set('role', wish.role)
    if (wish.model) query.set('model', wish.model)
    if (wish.folder) query.set('folder', wish.folder)
    if (cursor) query.set('cursor', cursor)
    if (limit) query.set('limit', String(limit))
    return requestJson(fetch, `/api/search?${query.toString()}`, { schema, signal })
  }
}

const schema = async () => (await import('@/shared/search/search-results')).searchResultsSchema

/** Midnight of that day where the reader is, or so many days later; nothing when it is no day. */
function startOfDay(day: string | undefined, daysLater = 0): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '') ?? []
  if (!year || !month || !date) return undefined
  const time = new Date(Number(year), Number(month) - 1, Number(date) + daysLater).getTime()
  return time >= 0 ? time : undefined
}
