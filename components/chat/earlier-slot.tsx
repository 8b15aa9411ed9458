'use client'

import { Suspense } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useEarlier } from '@/client/chat/use-chat-session'
import { lazyPart } from '@/components/ui/lazy-part'

const EarlierLine = lazyPart(() => import('./earlier-line'))

/** The place above the oldest message that is here, as long as there are others before it. */
export function EarlierSlot({ session }: { session: ChatSession }) {
  const { status } = useEarlier(session)
  if (status === 'none') return null
  return (
    <Suspense fallback={<div className="mb-7 h-11" />}>
      <EarlierLine session={session} />
    </Suspense>
  )
}
