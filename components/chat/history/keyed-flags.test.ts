import { expect, it } from 'vitest'
import { createKeyedFlags } from './keyed-flags'

it('tells only those who wait for the key that changes, and only of changes', () => {
  const flags = createKeyedFlags(['a'])
  const heard: string[] = []
  const stop = flags.subscribe('a', () => heard.push('a'))
  flags.subscribe('b', () => heard.push('b'))
  flags.add('a')
  flags.add('b')
  flags.delete('a')
  flags.delete('a')
  expect(heard).toEqual(['b', 'a'])
  stop()
  flags.add('a')
  expect(heard).toEqual(['b', 'a'])
  expect(flags.has('a')).toBe(true)
})
