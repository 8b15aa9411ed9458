import { expect, it } from 'vitest'
import { utterancesOf } from './utterances'

it('short sentences are said together, each text by itself', () => {
  expect(utterancesOf(['One. Two! Three?', '一。二！'])).toEqual(['One. Two! Three?', '一。二！'])
})

it('nothing that is said in one breath is long, and nothing is left out', () => {
  const long = `${'word '.repeat(100)}end. ${'字'.repeat(400)}。`
  const utterances = utterancesOf([long])
  expect(Math.max(...utterances.map((text) => text.length))).toBeLessThanOrEqual(180)
  expect(utterances.join('').replaceAll(' ', '')).toBe(long.replaceAll(' ', ''))
})
