'use client'

import { Suspense } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'

const Header = lazyPart(() => import('./header').then(({ Header: shown }) => ({ default: shown })))

/** The header of a page that every other brings along and that is hardly ever shown. */
export function LateHeader() {
  return (
    <Suspense fallback={<div className="h-14 shrink-0" />}>
      <Header />
    </Suspense>
  )
}
