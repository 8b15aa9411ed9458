'use client'

import { useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useMessageIds } from '@/client/chat/use-chat-session'
import { type Conversation, createConversation } from './conversation'

/** What the view of a chat keeps; made anew when the chat’s first messages are here, for it begins with what they are. */
export function useConversationOf(
  session: ChatSession,
  linkedId: string | undefined,
): Conversation {
  const hasMessages = useMessageIds(session).length > 0
  const [made, setMade] = useState(make)
  if (made.hasMessages === hasMessages) return made.conversation
  const next = make()
  setMade(next)
  return next.conversation

  function make() {
    return { hasMessages, conversation: createConversation(session, linkedId) }
  }
}
