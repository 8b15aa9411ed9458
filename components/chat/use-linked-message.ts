'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useMessageIds } from '@/client/chat/use-chat-session'
import { isId } from '@/shared/chat/is-id'
import type { Conversation } from './history/conversation'

/** Elements of the page itself that links lead to. */
const places = new Set(['conversation', 'composer'])

/** The message that the address names, by `#{messageId}` or `?message=`. */
export function useLinkedId(): string | undefined {
  const inQuery = useSearchParams().get('message')
  const inHash = useSyncExternalStore(subscribeToHash, readHash, () => '')
  const id = inHash && !places.has(inHash) ? inHash : inQuery
  return id && isId(id) ? id : undefined
}

/**
 * Goes to the message that the address names, loading the conversation up to it or selecting its branch, and tells when
 * there is no such message.
 */
export function useLinkedMessage(options: {
  linkedId: string | undefined
  session: ChatSession
  conversation: Conversation
  onMissing: () => void
}): void {
  const { linkedId, session, conversation, onMissing } = options
  const ids = useMessageIds(session)
  const isLoaded = ids.length > 0
  const isHere = linkedId !== undefined && ids.includes(linkedId)

  useEffect(() => {
    if (linkedId === undefined || !isLoaded || session.store.message(linkedId)) return
    let isWanted = true
    void bring(session, linkedId).then((found) => isWanted && !found && onMissing())
    return () => {
      isWanted = false
    }
  }, [linkedId, isLoaded, session, onMissing])

  useLayoutEffect(() => {
    if (linkedId !== undefined && isHere) conversation.goTo(linkedId)
  }, [linkedId, isHere, conversation])
}

/** Loads the conversation up to a message; another branch when the message is on that. */
async function bring(session: ChatSession, messageId: string): Promise<boolean> {
  if (await session.loadUntil(messageId)) return true
  const { branchMoves } = await import('@/client/chat/branch-moves')
  return (await branchMoves.select(session, messageId)) === undefined
}

function subscribeToHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  window.addEventListener('popstate', listener)
  return () => {
    window.removeEventListener('hashchange', listener)
    window.removeEventListener('popstate', listener)
  }
}

function readHash(): string {
  return window.location.hash.slice(1)
}
