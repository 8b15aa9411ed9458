import { expect, it } from 'vitest'
import { tokensPerSecond } from './tokens-per-second'

it('an answer’s speed is that from its first token on', () => {
  expect(tokensPerSecond({ outputTokens: 120 }, { firstTokenMs: 1_000, durationMs: 4_000 })).toBe(
    40,
  )
})

it('there is none without the figures, or of what came at once', () => {
  expect(tokensPerSecond({}, { firstTokenMs: 1_000, durationMs: 4_000 })).toBeUndefined()
  expect(tokensPerSecond({ outputTokens: 9 }, { durationMs: 4_000 })).toBeUndefined()
  expect(tokensPerSecond({ outputTokens: 9 }, { firstTokenMs: 10, durationMs: 50 })).toBeUndefined()
})
