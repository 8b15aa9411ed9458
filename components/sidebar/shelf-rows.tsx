'use client'

import { Suspense } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import { ChatRow } from './chat-row'

const ManyRows = lazyPart(() => import('./many-rows'))

/** As many are drawn as they are; of those below, only what is in sight. */
export const rowsDrawn = 40

export type RowsProps = {
  chats: readonly ChatSummary[]
  openChatId: string | undefined
  onPick: () => void
}

/** Chats without headings between them. */
export function ShelfRows({ chats, openChatId, onPick }: RowsProps) {
  return (
    <>
      <Rows chats={chats.slice(0, rowsDrawn)} openChatId={openChatId} onPick={onPick} />
      {chats.length > rowsDrawn ? (
        <Suspense>
          <ManyRows
            groups={[{ chats: chats.slice(rowsDrawn) }]}
            openChatId={openChatId}
            onPick={onPick}
          />
        </Suspense>
      ) : null}
    </>
  )
}

export function Rows({ chats, openChatId, onPick }: RowsProps) {
  return (
    <ul>
      {chats.map((chat) => (
        <ChatRow key={chat.id} chat={chat} open={chat.id === openChatId} onPick={onPick} />
      ))}
    </ul>
  )
}
