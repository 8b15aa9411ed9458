'use client'

import { Suspense, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useQueue } from '@/client/chat/queue/use-queue'
import { lazyPart } from '@/components/ui/lazy-part'

const QueueList = lazyPart(() => import('./queue-list'))

/** The place of what waits to be sent. Once something has waited it stays, for what it has to say. */
export function QueueSlot({ session }: { session: ChatSession }) {
  const isEmpty = useQueue(session).length === 0
  const [wasShown, setWasShown] = useState(!isEmpty)
  if (!isEmpty && !wasShown) setWasShown(true)
  return wasShown ? (
    <Suspense>
      <QueueList session={session} />
    </Suspense>
  ) : null
}
