import type { Problem } from '@/shared/errors/problem'
import { chatPath } from '../api/chat-api'
import { ProblemError, requestNothing, unreachableProblem } from '../api/http'
import { browserEnvironment } from '../browser/browser-environment'
import { forgetChatSession } from './chat-sessions'
import { holdTemporary } from './hold-temporary'

/** Keeps a temporary chat while it is shown; afterwards this tab knows nothing of it any more. Answers what lets go. */
export function keepTemporary(chatId: string, options: { onGone: () => void }): () => void {
  const letGo = holdTemporary({ chatId, events: window, ...browserEnvironment, ...options })
  return () => {
    letGo()
    forgetChatSession(chatId)
  }
}

/** Deletes a temporary chat now. Answers what stood in the way. */
export async function closeTemporary(chatId: string): Promise<Problem | undefined> {
  try {
    await requestNothing(browserEnvironment.fetch, chatPath(chatId), { method: 'DELETE' })
    return undefined
  } catch (error) {
    return error instanceof ProblemError ? error.problem : unreachableProblem
  }
}
