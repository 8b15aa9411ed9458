'use client'

import { Suspense, useEffect, useState } from 'react'
import { whenQuiet } from '@/client/browser/when-quiet'
import { deviceUser } from '@/client/offline/device-user'
import { lazyPart } from '@/components/ui/lazy-part'

const OfflineKeeper = lazyPart(() => import('./offline-keeper'))

/** What a page begins with once it has nothing better to do. */
export function LateParts({ user }: { user: string }) {
  const [isQuiet, setQuiet] = useState(false)
  // At once: what was kept for somebody else must not be shown from now on.
  useEffect(() => deviceUser.set(user), [user])
  useEffect(() => whenQuiet(() => setQuiet(true)), [])
  return isQuiet ? (
    <Suspense>
      <OfflineKeeper />
    </Suspense>
  ) : null
}
