'use client'

import { Suspense } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import { useFirstUse } from '@/components/ui/use-first-use'

const TooltipLayer = lazyPart(() => import('@/components/ui/tooltip-layer'))

/** Nobody rests on a button before the first move. */
export function Tooltips() {
  return useFirstUse() ? (
    <Suspense>
      <TooltipLayer />
    </Suspense>
  ) : null
}
