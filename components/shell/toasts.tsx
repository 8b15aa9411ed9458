'use client'

import { Suspense, useState, useSyncExternalStore } from 'react'
import { toastsWanted } from '@/components/ui/toast'
import { lazyPart } from '@/components/ui/lazy-part'

const Toaster = lazyPart(() => import('./toaster'), { tellsFailure: true })

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
