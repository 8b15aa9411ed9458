'use client'

import { useEffect, useState } from 'react'
import type { OwnEndpoints } from '@/shared/models/own-endpoint'
import { useModels } from '../models/use-models'
import { loadOwnEndpoints } from './own-endpoints'

/** The user's own endpoints, asked for again when the models change; `undefined` until they are there. */
export function useOwnEndpoints() {
  const { catalog } = useModels()
  const [listed, setListed] = useState<OwnEndpoints | 'failed'>()
  useEffect(() => {
    if (!catalog) return undefined
    const abort = new AbortController()
    loadOwnEndpoints(abort.signal)
      .then(setListed)
      .catch(() => abort.signal.aborted || setListed((known) => known ?? 'failed'))
    return () => abort.abort()
  }, [catalog])
  return { listed, take: setListed }
}
