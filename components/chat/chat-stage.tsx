'use client'

import { useState } from 'react'
import { openChatSession } from '@/client/chat/chat-sessions'
import { newChatId } from '@/client/chat/new-chat-id'
import { useOpenChatId } from '@/components/shell/use-open-chat-id'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { ChatView } from './chat-view'

type ChatStageProps = { seed?: ChatDetail | undefined; lengthMax: number }

/**
 * Shows the chat that the pathname names, or a new one under an id made here. Its session holds all there is to show;
 * what the server rendered only seeds it. So a new chat gets its address without being drawn again, and going from
 * chat to chat cuts no stream.
 */
export function ChatStage({ seed, lengthMax }: ChatStageProps) {
  const openId = useOpenChatId()
  const [draft, setDraft] = useState(() => ({ id: newChatId(), opened: false }))
  if (openId === draft.id && !draft.opened) setDraft({ ...draft, opened: true })
  if (openId === undefined && draft.opened) setDraft({ id: newChatId(), opened: false })

  const chatId = openId ?? draft.id
  const session = openChatSession(chatId, seed?.id === chatId ? seed : undefined)
  return (
    <ChatView
      key={chatId}
      session={session}
      isNew={openId === undefined}
      seed={seed?.id === chatId ? seed : undefined}
      lengthMax={lengthMax}
    />
  )
}
