import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '../chat/message'
import { estimateTokens } from './estimate-tokens'
import { fitHistory, historyTokens, instructionsTokens, promptTokensMax } from './fit-history'

function message(id: string, text = 'x'.repeat(35)): ChatMessage {
  const role = id.startsWith('q') ? 'user' : 'assistant'
  return { id, role, parts: [{ type: 'text', text }] }
}
const branch = ['q1', 'a1', 'q2', 'a2', 'q3'].map((id) => message(id))
const idsOf = (messages: readonly ChatMessage[]) => messages.map(({ id }) => id)

it('a token is a few letters, or one Chinese character', () => {
  expect(estimateTokens('x'.repeat(35))).toBe(10)
  expect(estimateTokens('河'.repeat(10))).toBe(10)
  expect(estimateTokens('')).toBe(0)
})

it('a model is left room for its answer: what was chosen for that, or a quarter and no more than is needed', () => {
  expect(promptTokensMax(8_000)).toBe(6_000)
  expect(promptTokensMax(272_000)).toBe(256_000)
  expect(promptTokensMax(8_000, 500)).toBe(7_500)
  expect(promptTokensMax(272_000, 100_000)).toBe(172_000)
  expect(promptTokensMax(8_000, 8_001)).toBe(0)
})

it('instructions are a message of their own, where there are any', () => {
  expect(instructionsTokens('x'.repeat(35))).toBe(14)
  expect(instructionsTokens('')).toBe(0)
  expect(instructionsTokens(undefined)).toBe(0)
})

describe('a branch', () => {
  it('that fits stays as it is', () => {
    expect(historyTokens(branch)).toBe(70)
    expect(fitHistory(branch, 70)).toBe(branch)
  })

  it('that does not loses whole turns from its beginning', () => {
    expect(idsOf(fitHistory(branch, 69))).toEqual(['q2', 'a2', 'q3'])
    expect(idsOf(fitHistory(branch, 42))).toEqual(['q2', 'a2', 'q3'])
    expect(idsOf(fitHistory(branch, 41))).toEqual(['q3'])
  })

  it('keeps its last turn however long that is', () => {
    expect(idsOf(fitHistory(branch, 1))).toEqual(['q3'])
    const cut = [...branch, message('a3')]
    expect(idsOf(fitHistory(cut, 1))).toEqual(['q3', 'a3'])
    expect(fitHistory(branch.slice(-1), 1)).toHaveLength(1)
  })
})
