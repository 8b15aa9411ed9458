import type { Problem } from '@/shared/errors/problem'
import { chatPath } from '../api/chat-api'
import { problemOf, requestNothing } from '../api/http'
import { browserEnvironment } from '../browser/browser-environment'
import { holdTemporary } from './hold-temporary'

/** Keeps a temporary chat while it is shown. Answers what lets go. */
export function keepTemporary(chatId: string, options: { onGone: () => void }): () => void {
  return holdTemporary({ chatId, events: window, ...browserEnvironment, ...options })
}

/** Deletes a temporary chat now. Answers what stood in the way. */
export async function closeTemporary(chatId: string): Promise<Problem | undefined> {
  try {
    await requestNothing(browserEnvironment.fetch, chatPath(chatId), { method: 'DELETE' })
    return undefined
  } catch (error) {
    return problemOf(error)
  }
}
