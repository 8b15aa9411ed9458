import { expect, test } from 'vitest'
import { createRecentCache } from './recent-cache'

test('keeps what was asked for last', () => {
  const cache = createRecentCache<number>({ sizeMax: 2 })
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.get('a')).toBe(1)
  cache.set('c', 3)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3])
})

test('counts a key once, and keeps none that is too large', () => {
  const cache = createRecentCache<number>({ sizeMax: 10, sizeOf: (key) => key.length })
  for (const key of ['12345', '67890', '67890', '12345678901']) cache.set(key, key.length)
  expect([cache.get('12345'), cache.get('67890'), cache.get('12345678901')]).toEqual([
    5,
    5,
    undefined,
  ])
  cache.set('123456', 6)
  expect([cache.get('12345'), cache.get('67890'), cache.get('123456')]).toEqual([
    undefined,
    undefined,
    6,
  ])
})
