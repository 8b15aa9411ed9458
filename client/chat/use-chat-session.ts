'use client'

import { useSyncExternalStore } from 'react'
import type { ChatMessage } from '@/shared/chat/message'
import type { Problem } from '@/shared/errors/problem'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { ChatSession } from './chat-session'
import type { EarlierStatus } from './earlier-messages'
import type { SessionPhase } from './session-phase'

/** The chat's messages in order. Changes when one is added or removed, never with a token. */
export function useMessageIds(session: ChatSession): readonly string[] {
  const { store } = session
  return useSyncExternalStore(
    store.subscribe,
    () => store.messageIds,
    () => store.seed.messageIds,
  )
}

/** One message; a token in another one does not render again. */
export function useMessage(session: ChatSession, messageId: string): ChatMessage | undefined {
  const { store } = session
  return useSyncExternalStore(
    (listener) => store.subscribe(listener, messageId),
    () => store.message(messageId),
    () => store.seed.message(messageId),
  )
}

/** What the chat is doing. Whoever shows a chat uses this: it is what attaches it to a run. */
export function useSessionPhase(session: ChatSession): SessionPhase {
  return useSyncExternalStore(
    session.subscribe,
    () => session.phase,
    () => session.seedPhase,
  )
}

export function useSessionProblem(session: ChatSession): Problem | undefined {
  return useSyncExternalStore(
    session.subscribe,
    () => session.problem,
    () => undefined,
  )
}

/** The model the chat used last; `null` when it is new. */
export function useSessionModel(session: ChatSession): ModelRef | null {
  return useSyncExternalStore(
    session.subscribe,
    () => session.model,
    () => session.seedModel,
  )
}

/** Whether there are messages before those in `useMessageIds`; `load` puts a page of them in front. */
export function useEarlier(session: ChatSession): { status: EarlierStatus; load: () => void } {
  const status = useSyncExternalStore(
    session.subscribe,
    () => session.earlier,
    () => session.seedEarlier,
  )
  return { status, load: () => void session.loadEarlier() }
}
