'use client'

import { useEffect, useState } from 'react'
import { browserFetch, requestJson } from '../api/http'

export type Health = {
  version: string
  ready: boolean
  database: { engine: string; reachable: boolean }
  streamLog: { kind: string; reachable: boolean }
}

/** How the server says it is; `undefined` until it has answered, `'unreachable'` when it did not, or is not ready. */
export function useHealth(): Health | 'unreachable' | undefined {
  const [health, setHealth] = useState<Health | 'unreachable'>()
  useEffect(() => {
    const abort = new AbortController()
    const schema = async () => (await import('./health-schema')).healthSchema
    requestJson(browserFetch, '/api/health', { schema, signal: abort.signal })
      .then(setHealth)
      .catch(() => !abort.signal.aborted && setHealth('unreachable'))
    return () => abort.abort()
  }, [])
  return health
}
