import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { ChatSession } from './chat-session'

/** Sessions that are kept though nobody looks at them, so that going back to a chat is instant. */
const sessionsMax = 20
/** Of those, the ones that keep all they have loaded; the others keep their newest messages. */
const wholeSessionsMax = 4

export type SessionRegistry = {
  /** The chat's one session in this tab. A seed that is newer than what the session knows is taken over. */
  open: (chatId: string, seed?: ChatDetail) => ChatSession
  find: (chatId: string) => ChatSession | undefined
  forget: (chatId: string) => void
  all: () => Iterable<ChatSession>
}

export function createSessionRegistry(
  createSession: (chatId: string, seed: ChatDetail | undefined) => ChatSession,
): SessionRegistry {
  const sessions = new Map<string, ChatSession>()
  const takenSeeds = new WeakSet<ChatDetail>()

  function makeRoom() {
    for (const [chatId, session] of sessions) {
      if (sessions.size <= sessionsMax) return
      if (session.isDroppable) sessions.delete(chatId)
    }
  }

  function releaseLeftOnes() {
    for (const session of [...sessions.values()].slice(0, -wholeSessionsMax)) {
      session.releaseEarlier()
    }
  }

  function reuse(session: ChatSession, seed: ChatDetail | undefined): ChatSession {
    // Sessions are opened while rendering, where nothing may be told to other components.
    if (seed && !takenSeeds.has(seed)) queueMicrotask(() => session.hydrate(seed))
    return session
  }

  return {
    open: (chatId, seed) => {
      const existing = sessions.get(chatId)
      const session = existing ? reuse(existing, seed) : createSession(chatId, seed)
      if (seed) takenSeeds.add(seed)
      // The newest is last, so that the one left longest goes first.
      sessions.delete(chatId)
      makeRoom()
      sessions.set(chatId, session)
      releaseLeftOnes()
      return session
    },
    find: (chatId) => sessions.get(chatId),
    forget: (chatId) => void sessions.delete(chatId),
    all: () => sessions.values(),
  }
}
