'use client'

import { lazy, Suspense, useState, useSyncExternalStore } from 'react'
import { toastsWanted } from '@/components/ui/toast'

const Toaster = lazy(() => import('./toaster'))

/** Short confirmations, out of the way of the composer. */
export function Toasts() {
  const wanted = useSyncExternalStore(toastsWanted.subscribe, toastsWanted.get, () => false)
  const [used, setUsed] = useState(false)
  if (wanted && !used) setUsed(true)
  return used ? (
    <Suspense>
      <Toaster />
    </Suspense>
  ) : null
}
