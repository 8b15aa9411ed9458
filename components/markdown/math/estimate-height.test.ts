import { expect, test } from 'vitest'
import { estimateHeightEm } from './estimate-height'

test('every row, fraction and limit asks for height', () => {
  const one = estimateHeightEm('a = b')
  const fraction = estimateHeightEm('a = \\frac{b}{c}')
  expect(fraction).toBeGreaterThan(one)
  expect(estimateHeightEm('\\sum_{n=1}^\\infty \\frac{1}{n}')).toBeGreaterThan(fraction)
  expect(estimateHeightEm('\\begin{cases} a \\\\ b \\\\ c \\end{cases}')).toBeGreaterThan(2 * one)
})

test('a hostile formula reserves no more than a screen', () => {
  expect(estimateHeightEm('\\\\'.repeat(100_000))).toBe(40)
})
