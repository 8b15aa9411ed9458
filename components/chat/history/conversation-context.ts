'use client'

import { createContext, use, useSyncExternalStore } from 'react'
import type { Conversation } from './conversation'

export const ConversationContext = createContext<Conversation | undefined>(undefined)

export function useConversation(): Conversation {
  const conversation = use(ConversationContext)
  if (!conversation) throw new Error('There is no conversation around this.')
  return conversation
}

/** How much room these messages take while none of them is rendered; nothing when one is. */
export function useFarHeight(messageIds: readonly string[]): number | undefined {
  const { rendered, heightOf } = useConversation()
  return useSyncExternalStore(subscribe, farHeight, farHeight)

  function subscribe(listener: () => void) {
    const stops = messageIds.map((id) => rendered.subscribe(id, listener))
    return () => stops.forEach((stop) => stop())
  }

  function farHeight() {
    if (messageIds.some((id) => rendered.has(id))) return undefined
    return messageIds.reduce((sum, id) => sum + heightOf(id), 0)
  }
}
