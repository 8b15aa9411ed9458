'use client'

import { useEffect, useState } from 'react'

/** Whether somebody has used the page: what they reach for then need not come with it. */
export function useFirstUse(): boolean {
  const [isUsed, setUsed] = useState(false)
  useEffect(() => {
    const abort = new AbortController()
    for (const type of ['pointermove', 'pointerdown', 'keydown'])
      document.addEventListener(type, () => setUsed(true), { signal: abort.signal, once: true })
    return () => abort.abort()
  }, [])
  return isUsed
}
