import { expect, it } from 'vitest'
import type { ChatMessage } from '../chat/message'
import { contextUseOf } from './context-use'

const question: ChatMessage = {
  id: 'q',
  role: 'user',
  parts: [{ type: 'text', text: 'x'.repeat(35) }],
}
const answer = (usage?: {
  inputTokens: number
  outputTokens: number
  reasoningTokens?: number
}) => ({
  ...question,
  id: 'a',
  role: 'assistant' as const,
  metadata: { status: 'done' as const, createdAt: 1, ...(usage && { usage }) },
})

it('is what the provider counted for the newest answer, without what was thought, and what came since', () => {
  const counted = answer({ inputTokens: 100, outputTokens: 50, reasoningTokens: 20 })
  expect(contextUseOf([question, counted], { isWhole: false })).toEqual({
    tokens: 130,
    isEstimate: false,
  })
  expect(contextUseOf([question, counted, question], { isWhole: false })?.tokens).toBe(144)
})

it('is an estimate where nobody has counted, of a whole chat alone', () => {
  expect(contextUseOf([question, answer()], { isWhole: true })).toEqual({
    tokens: 28,
    isEstimate: true,
  })
  expect(contextUseOf([question, answer()], { isWhole: false })).toBeUndefined()
})
