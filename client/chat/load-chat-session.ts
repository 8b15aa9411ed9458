import type { ChatDetail } from '@/shared/chat/chat-summary'
import { isTemporaryChat } from '@/shared/chat/temporary-chat'
import type { Problem } from '@/shared/errors/problem'
import { problemOf } from '../api/http'
import { browserEnvironment } from '../browser/browser-environment'
import { chatList } from '../chats/chat-list'
import type { ChatSession } from './chat-session'

/** Fills a session that neither the server nor this tab has filled: a chat reached within the page. Answers what stood in the way. */
export async function loadChatSession(
  session: ChatSession,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  try {
    fill(session, await browserEnvironment.api.loadChat(session.chatId, signal))
    return undefined
  } catch (error) {
    const problem = problemOf(error)
    const kept = problem.status === 0 ? await keptChat(session.chatId) : undefined
    if (!kept || signal.aborted) return problem
    fill(session, kept)
    return undefined
  }
}

/** The list may not know it, archived or far down as it is, and yet gives the open chat its title. */
function fill(session: ChatSession, chat: ChatDetail): void {
  session.hydrate(chat)
  if (!isTemporaryChat(chat.id)) chatList.tell((list) => list.learn(chat))
}

/** As this device has kept it, for when nobody answers. */
async function keptChat(chatId: string): Promise<ChatDetail | undefined> {
  try {
    const { deviceAnswers } = await import('../offline/device-answers')
    return await deviceAnswers.chat(chatId)
  } catch {
    return undefined
  }
}
