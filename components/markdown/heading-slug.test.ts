import { expect, test } from 'vitest'
import { headingSlug } from './heading-slug'

test('a heading is linked to by its words', () => {
  expect(headingSlug(' What is “it”? (2 ways) ')).toBe('what-is-it-2-ways')
  expect(headingSlug('snake_case & Co.')).toBe('snake_case--co')
  expect(headingSlug('河从哪里来？')).toBe('河从哪里来')
})
