'use client'

import { Suspense } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import { useFirstUse } from '@/components/ui/use-first-use'

const ChatTools = lazyPart(() => import('./chat-tools'))

/** The place of what is at hand in a chat beside writing and reading. */
export function ToolsSlot() {
  return useFirstUse() ? (
    <Suspense>
      <ChatTools />
    </Suspense>
  ) : null
}
