import { createChatApi } from '../api/chat-api'
import type { Fetch } from '../api/http'
import { browserEnvironment } from '../browser/browser-environment'
import type { ChatSession } from './chat-session'
import { createChatSession } from './streaming-chat-session'

/** An answer that stands beside the one its chat shows: a session of its own, which sees the chat as if it were selected. */
export type ComparedAnswer = {
  readonly session: ChatSession
  /** Rejects with a `ProblemError`: nobody answered, or there is no such answer any more. */
  load: (signal?: AbortSignal) => Promise<void>
}

export function createComparedAnswer(chatId: string, answerId: string): ComparedAnswer {
  const fetch = seenBy(answerId, browserEnvironment.fetch)
  const api = createChatApi(fetch)
  const session = createChatSession({ chatId, environment: { ...browserEnvironment, fetch, api } })
  return {
    session,
    load: async (signal) => session.hydrate(await api.loadChat(chatId, signal)),
  }
}

/** What is asked of a chat is asked of it as that answer has it (docs/protocol.md § 2). */
function seenBy(answerId: string, fetch: Fetch): Fetch {
  return (path, init) => {
    const isRead = (init?.method ?? 'GET') === 'GET'
    const query = `${path.includes('?') ? '&' : '?'}answer=${encodeURIComponent(answerId)}`
    return fetch(isRead ? path + query : path, init)
  }
}
