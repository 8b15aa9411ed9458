import type { ChatDetail } from '@/shared/chat/chat-summary'
import { newChatPlace } from '@/shared/chat/shelf'
import { isTemporaryChat } from '@/shared/chat/temporary-chat'
import { firstWords } from '@/shared/chat/title'
import { browserEnvironment, isBrowser } from '../browser/browser-environment'
import { chatList } from '../chats/chat-list'
import type { ChatSession } from './chat-session'
import { createChatSession, type SessionEnvironment } from './streaming-chat-session'
import { createSessionRegistry } from './session-registry'

const environment: SessionEnvironment = {
  ...browserEnvironment,
  onRunAccepted: ({ chatId, runId, text }) => {
    if (!isTemporaryChat(chatId)) showRunInList(chatId, runId ?? null, text)
  },
  onRunEnded: ({ chatId, runId }) => {
    chatList.tell((list) => {
      if (list.chat(chatId)?.activeRunId === runId) list.setActiveRun(chatId, null)
    })
  },
}

const registry = createSessionRegistry((chatId, seed) =>
  createChatSession({ chatId, seed, environment }),
)

/**
 * The chat's session in this tab; safe to call while rendering. It outlives what shows it: switching chats never stops a
 * stream. On the server each render has one of its own.
 */
export function openChatSession(chatId: string, seed?: ChatDetail): ChatSession {
  if (!isBrowser) return createChatSession({ chatId, seed, environment })
  return registry.open(chatId, seed)
}

export function findChatSession(chatId: string): ChatSession | undefined {
  return registry.find(chatId)
}

/** All that are kept in this tab, also those that nobody looks at. */
export function openChatSessions(): Iterable<ChatSession> {
  return registry.all()
}

/** Keeps nothing of the chat in this tab any more. */
export function forgetChatSession(chatId: string): void {
  registry.forget(chatId)
}

/** A new chat stands in the list as soon as the server has accepted its first message. */
function showRunInList(chatId: string, runId: string | null, text: string | undefined): void {
  const now = browserEnvironment.timers.now()
  const created = { id: chatId, title: firstWords(text ?? ''), createdAt: now, ...newChatPlace }
  chatList.tell((list) =>
    list.upsert({
      ...(list.chat(chatId) ?? created),
      updatedAt: now,
      activeRunId: runId,
      archivedAt: null,
    }),
  )
}
