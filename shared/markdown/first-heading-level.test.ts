import { expect, test } from 'vitest'
import { firstHeadingLevel } from './first-heading-level'

test('the first heading tells the level an answer begins with', () => {
  expect(firstHeadingLevel('Hello.\n\n## One\n# Two')).toBe(2)
  expect(firstHeadingLevel('#hashtag\n### Three')).toBe(3)
})

test('a comment in code is no heading', () => {
  expect(firstHeadingLevel('```sh\n# not this\n```\n#### this')).toBe(4)
  expect(firstHeadingLevel('````\n```\n# still code')).toBeUndefined()
})

test('plain text has none', () => {
  expect(firstHeadingLevel('just text')).toBeUndefined()
})
