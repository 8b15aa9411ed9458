import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseEnv, SettingsError } from '../env'
import { priceOf } from './price-list'

const own = { 'groq/llama': { input: 0.1, output: 0.2 }, 'openai/gpt-5': { input: 9, output: 9 } }

describe('prices', () => {
  it('come with Rivulet, for OpenAI’s own endpoint and its dated snapshots alone', () => {
    const { prices } = parseEnv({})

    expect(priceOf(prices, { provider: 'openai', id: 'gpt-5-mini' })?.output).toBe(2)
    expect(priceOf(prices, { provider: 'openai', id: 'gpt-5-mini-2025-08-07' })?.output).toBe(2)
    expect(priceOf(prices, { provider: 'default', id: 'gpt-5-mini' })).toBeUndefined()
    expect(priceOf(prices, { provider: 'demo', id: 'demo' })).toBeUndefined()
  })

  it('are those of the setting where that has one: JSON, or a file with it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rivulet-prices-'))
    const file = join(folder, 'prices.json')
    writeFileSync(file, JSON.stringify(own))
    for (const MODEL_PRICES of [JSON.stringify(own), file]) {
      const { prices } = parseEnv({ MODEL_PRICES })

      expect(priceOf(prices, { provider: 'groq', id: 'llama' })?.input).toBe(0.1)
      expect(priceOf(prices, { provider: 'openai', id: 'gpt-5' })?.input).toBe(9)
      expect(priceOf(prices, { provider: 'openai', id: 'gpt-5-mini' })?.input).toBe(0.25)
    }
    rmSync(folder, { recursive: true })
  })

  it.each([
    ['{', ['MODEL_PRICES: must be JSON, or the path of a readable JSON file']],
    ['/no/such/file.json', ['MODEL_PRICES: must be JSON, or the path of a readable JSON file']],
    [
      '{"openai/a":{"input":"1","output":2},"b":{"input":1,"output":2}}',
      [
        'MODEL_PRICES: openai/a input must be a number of US dollars for a million tokens',
        'MODEL_PRICES: b must be named endpoint/model',
      ],
    ],
  ])('that cannot be read are told at start with every other mistake: %s', (MODEL_PRICES, told) => {
    const problems = problemsOf({ MODEL_PRICES, LOG_LEVEL: 'loud' })

    expect(problems).toHaveLength(told.length + 1)
    expect(problems).toEqual(expect.arrayContaining(told))
  })
})

function problemsOf(source: Record<string, string>): string[] {
  try {
    parseEnv(source)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}
