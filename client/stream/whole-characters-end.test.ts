import { expect, it } from 'vitest'
import { wholeCharactersEnd } from './whole-characters-end'

const family = '👩‍👩‍👧‍👦'
const flag = '🇨🇳'

it('is the place itself between two characters', () => {
  expect(wholeCharactersEnd('Hello', 0, 3)).toBe(3)
  expect(wholeCharactersEnd('你好', 1, 1)).toBe(1)
  expect(wholeCharactersEnd('Hello', 0, 9)).toBe(5)
})

it.each([
  ['a pair of surrogates', '😀'],
  ['a letter with its mark', 'e\u0301'],
  ['people joined to a family', family],
  ['a flag', flag],
  ['a line break of two', '\r\n'],
])('never cuts %s', (_, character) => {
  const text = `ab${character}${character}cd`
  for (let target = 0; target <= text.length; target += 1) {
    const end = wholeCharactersEnd(text, 0, target)
    expect(end).toBeGreaterThanOrEqual(target)
    const places = [0, 1, 2, 2 + character.length, 2 + 2 * character.length]
    expect([...places, text.length - 1, text.length]).toContain(end)
  }
})

it('does not look further than a character can reasonably be long, and cuts no code point', () => {
  const endless = `a${'\u{1F3FB}\u0301'.repeat(500)}`
  const end = wholeCharactersEnd(endless, 0, 300)
  expect(end).toBeLessThan(310)
  expect(endless.slice(0, end).isWellFormed()).toBe(true)
})
