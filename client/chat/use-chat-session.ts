'use client'

import { useSyncExternalStore } from 'react'
import { reasoningText } from '@/shared/chat/answer-state'
import type { ChatMessage, MessagePart } from '@/shared/chat/message'
import { messageText } from '@/shared/chat/message-text'
import type { MessageOutline } from '@/shared/chat/message-outline'
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

/** A message without its texts. Renders when a part begins, a state or the metadata changes; never with a token. */
export function useMessageOutline(
  session: ChatSession,
  messageId: string,
): MessageOutline | undefined {
  const { store } = session
  return useSyncExternalStore(
    (listener) => store.subscribe(listener, messageId),
    () => store.outline(messageId),
    () => store.seed.outline(messageId),
  )
}

/** The text of one part. A token renders what reads the part it belongs to, and nothing else. */
export function usePartText(session: ChatSession, messageId: string, partIndex: number): string {
  return useOfMessage(session, messageId, ({ parts }) => textOf(parts[partIndex]))
}

/** All that was thought. */
export function useReasoningText(session: ChatSession, messageId: string): string {
  return useOfMessage(session, messageId, reasoningText)
}

export function useMessageText(session: ChatSession, messageId: string): string {
  return useOfMessage(session, messageId, messageText)
}

/** The last message while nothing is being written. */
export function useFinishedMessage(session: ChatSession): ChatMessage | undefined {
  const { store } = session
  return useSyncExternalStore(
    session.subscribe,
    () => (session.phase === 'idle' ? store.message(store.messageIds.at(-1) ?? '') : undefined),
    () => undefined,
  )
}

function useOfMessage(
  session: ChatSession,
  messageId: string,
  select: (message: ChatMessage) => string,
): string {
  const { store } = session
  const of = (message: ChatMessage | undefined) => (message ? select(message) : '')
  return useSyncExternalStore(
    (listener) => store.subscribe(listener, messageId),
    () => of(store.message(messageId)),
    () => of(store.seed.message(messageId)),
  )
}

function textOf(part: MessagePart | undefined): string {
  return part && 'text' in part ? part.text : ''
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

/** Whether an answer is being written on a branch that is not shown. */
export function useWritingElsewhere(session: ChatSession): boolean {
  return useSyncExternalStore(
    session.subscribe,
    () => session.isWritingElsewhere,
    () => session.isWritingElsewhere,
  )
}

/** Whether it is the chat's last answer, and being compared with others to the same question. */
export function useCompared(session: ChatSession, messageId: string): boolean {
  const { store } = session
  return useSyncExternalStore(
    session.subscribe,
    () => session.isComparing && store.messageIds.at(-1) === messageId,
    () => session.seedComparing && store.seed.messageIds.at(-1) === messageId,
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
