'use client'

import { Suspense } from 'react'
import type { ShelfSnapshot } from '@/client/chats/shelf'
import { lazyPart } from '@/components/ui/lazy-part'

const MoreButton = lazyPart(() => import('./more-button'))

/** Below the chats of a list that were loaded. */
export function ShelfEnd({ name, shelf }: { name: string; shelf: ShelfSnapshot }) {
  return shelf.hasMore ? (
    <Suspense>
      <MoreButton shelf={name} loading={shelf.loadingMore} />
    </Suspense>
  ) : null
}
