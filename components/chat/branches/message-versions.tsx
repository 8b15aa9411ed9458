'use client'

import { Suspense, useSyncExternalStore } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { lazyPart } from '@/components/ui/lazy-part'

const VersionSwitch = lazyPart(() => import('./version-switch'))

type MessageVersionsProps = { session: ChatSession; messageId: string }

/** Leads from a message to its other versions, where there are any. */
export function MessageVersions({ session, messageId }: MessageVersionsProps) {
  const { forks } = session
  const versions = useSyncExternalStore(
    forks.subscribe,
    () => forks.of(messageId),
    () => forks.seedOf(messageId),
  )
  if (!versions) return null
  return (
    <span
      data-versions
      className="flex h-8 w-19 shrink-0 items-center pointer-coarse:h-11 pointer-coarse:w-31"
    >
      <Suspense>
        <VersionSwitch session={session} messageId={messageId} versions={versions} />
      </Suspense>
    </span>
  )
}
