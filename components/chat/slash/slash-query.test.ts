import { expect, it } from 'vitest'
import { slashQueryOf } from './slash-query'

it.each([
  ['/', ''],
  ['/Trans', 'trans'],
  ['/ two words', 'two words'],
  ['、翻译', '翻译'],
  ['／翻', '翻'],
  ['', undefined],
  ['and/or', undefined],
  [' /', undefined],
  ['/usr\n/bin', undefined],
])('%j asks for %j', (text, query) => {
  expect(slashQueryOf(text)).toBe(query)
})
