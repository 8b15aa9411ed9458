import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { Problem } from '@/shared/errors/problem'
import { problemOf } from '../api/http'
import { browserEnvironment } from '../browser/browser-environment'
import type { ChatSession } from './chat-session'

/** Fills a session that neither the server nor this tab has filled: a chat reached within the page. Answers what stood in the way. */
export async function loadChatSession(
  session: ChatSession,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  try {
    session.hydrate(await browserEnvironment.api.loadChat(session.chatId, signal))
    return undefined
  } catch (error) {
    const problem = problemOf(error)
    const kept = problem.status === 0 ? await keptChat(session.chatId) : undefined
    if (!kept || signal.aborted) return problem
    session.hydrate(kept)
    return undefined
  }
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
