'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { browserFetch } from '@/client/api/http'
import { createLiveSearch, type LiveSearch, type SearchSnapshot } from '@/client/search/live-search'
import { createSearchCall } from '@/client/search/search-api'
import { browserTimers } from '@/client/stream/timers'

const search = createSearchCall(browserFetch)

/** A search of this component, with what it has found so far. It ends with the component. */
export function useLiveSearch(limit?: number): { live: LiveSearch; found: SearchSnapshot } {
  const [live] = useState(() =>
    createLiveSearch({ search, timers: browserTimers, ...(limit && { limit }) }),
  )
  useEffect(() => live.stop, [live])
  const found = useSyncExternalStore(live.subscribe, live.getSnapshot, live.getSnapshot)
  return { live, found }
}
