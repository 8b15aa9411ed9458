import type { ChatMessage } from '../chat/message'
import { historyTokens } from './fit-history'

/** How many tokens a chat is. `isEstimate`: by the length of its texts, for its provider has not told. */
export type ContextUse = { tokens: number; isEstimate: boolean }

/**
 * What the next message of a chat will have before it: what the newest answer was sent and wrote, as its provider counted,
 * and about so much for what came since. Nothing while its beginning, which would have to be counted, is not there.
 */
export function contextUseOf(
  messages: readonly ChatMessage[],
  { isWhole }: { isWhole: boolean },
): ContextUse | undefined {
  const index = messages.findLastIndex(({ metadata }) => metadata?.usage?.inputTokens !== undefined)
  const {
    inputTokens = 0,
    outputTokens = 0,
    reasoningTokens = 0,
  } = messages[index]?.metadata?.usage ?? {}
  if (index < 0 && !isWhole) return undefined
  const since = historyTokens(messages.slice(index + 1))
  return {
    // What was thought is not sent again.
    tokens: inputTokens + Math.max(0, outputTokens - reasoningTokens) + since,
    isEstimate: index < 0,
  }
}
