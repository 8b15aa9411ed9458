import type { ChatMessage } from '../chat/message'
import { messageText } from '../chat/message-text'
import { estimateTokens } from './estimate-tokens'

/** What stands between messages, by estimate. */
const tokensPerMessage = 4
/** Room for the answer where nobody has set one: a quarter of the whole, and no more than an answer needs. */
const answerShare = 1 / 4
const answerTokensMax = 16_000

/** How much may be sent to a model that reads and writes so many tokens in all, and `maxOutputTokens` in an answer. */
export function promptTokensMax(contextTokens: number, maxOutputTokens?: number): number {
  const answer = maxOutputTokens ?? Math.min(contextTokens * answerShare, answerTokensMax)
  return Math.max(0, Math.floor(contextTokens - answer))
}

/**
 * The newest whole turns that fit; the last one stays however long it is. A turn begins with what a person said. The same
 * array where nothing has to go.
 */
export function fitHistory(
  history: readonly ChatMessage[],
  tokensMax: number,
): readonly ChatMessage[] {
  let tokens = 0
  let start: number | undefined
  for (let index = history.length - 1; index >= 0; index -= 1) {
    const message = history[index]
    if (!message) break
    tokens += tokensOf(message)
    if (tokens > tokensMax && start !== undefined) return history.slice(start)
    if (message.role === 'user') start = index
  }
  return history
}

/** About how many tokens instructions before the messages are. */
export function instructionsTokens(instructions: string | undefined): number {
  return instructions ? estimateTokens(instructions) + tokensPerMessage : 0
}

/** About how many tokens messages are. */
export function historyTokens(history: readonly ChatMessage[]): number {
  return history.reduce((sum, message) => sum + tokensOf(message), 0)
}

function tokensOf(message: ChatMessage): number {
  return estimateTokens(messageText(message)) + tokensPerMessage
}
