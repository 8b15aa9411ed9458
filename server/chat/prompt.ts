import 'server-only'
import type { LanguageModelV4Prompt } from '@ai-sdk/provider'
import type { ChatMessage } from '@/shared/chat/message'
import { messageText } from '@/shared/chat/message-text'

const continueInstruction =
  'Your last answer was cut off. Go on from the exact character where it ended: repeat nothing, introduce nothing, and do not mention the interruption.'

/**
 * What the model is sent: the texts of the branch. Reasoning stays out (providers want their own back or none), and so do
 * answers that have no text. When the branch ends with an answer, the model is asked to go on with it. Before all of it
 * stand the user's instructions, where there are any.
 */
export function promptOf(
  history: readonly ChatMessage[],
  instructions?: string,
): LanguageModelV4Prompt {
  const prompt = history.flatMap((message): LanguageModelV4Prompt => {
    const text = messageText(message)
    if (!text || message.role === 'system') return []
    return [{ role: message.role, content: [{ type: 'text', text }] }]
  })
  if (prompt.at(-1)?.role === 'assistant') {
    prompt.push({ role: 'user', content: [{ type: 'text', text: continueInstruction }] })
  }
  return instructions ? [{ role: 'system', content: instructions }, ...prompt] : prompt
}
