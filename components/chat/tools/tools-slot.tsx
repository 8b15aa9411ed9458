'use client'

import { Suspense } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import { useFirstUse } from '@/components/ui/use-first-use'
import type { ChatToolsProps } from './chat-tools'

const ChatTools = lazyPart(() => import('./chat-tools'))

/** The place of what is at hand in a chat beside writing and reading. */
export function ToolsSlot(props: ChatToolsProps) {
  return useFirstUse() ? (
    <Suspense>
      <ChatTools {...props} />
    </Suspense>
  ) : null
}
