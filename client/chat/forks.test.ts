import { expect, test } from 'vitest'
import { createForks } from './forks'

const messages = ['q', 'a'].map((id) => ({ id, role: 'user' as const, parts: [] }))

test('a message knows the versions it is one of, from what the server rendered on', () => {
  const forks = createForks({ messages, forks: [['a', 'b']] })

  expect(forks.of('b')).toEqual(['a', 'b'])
  expect(forks.of('q')).toBeUndefined()
  forks.add('b', 'c')
  expect(forks.of('a')).toEqual(['a', 'b', 'c'])
  expect(forks.seedOf('a')).toEqual(['a', 'b'])
})

test('a second version makes two of one, and going back makes one of two', () => {
  const forks = createForks(undefined)

  forks.add('a', 'b')
  forks.add('a', 'b')
  expect([forks.of('a'), forks.of('b')]).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
  forks.remove('b')
  expect([forks.of('a'), forks.of('b')]).toEqual([undefined, undefined])
})

test('a page stands for what was known of its messages, and of no others', () => {
  const forks = createForks({
    messages,
    forks: [
      ['a', 'b'],
      ['x', 'y'],
    ],
  })

  forks.take({ messages, forks: [['q', 'r']] })
  expect(forks.of('a')).toBeUndefined()
  expect(forks.of('q')).toEqual(['q', 'r'])
  expect(forks.of('x')).toEqual(['x', 'y'])
})

test('what stays the same is the same object', () => {
  const forks = createForks({ messages, forks: [['a', 'b']] })
  const before = forks.of('a')

  forks.take({ messages, forks: [['a', 'b']] })
  expect(forks.of('a')).toBe(before)
  forks.add('q', 'r')
  expect(forks.of('a')).toBe(before)
})
