import { expect, test } from 'vitest'
import { createRecentCache } from './recent-cache'

test('keeps what was asked for last', () => {
  const cache = createRecentCache<number>(2)
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.get('a')).toBe(1)
  cache.set('c', 3)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3])
})
