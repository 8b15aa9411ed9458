import { expect, test } from 'vitest'
import { estimateHeightEm } from './estimate-height'

test('every row and every fraction asks for height', () => {
  const one = estimateHeightEm('a = b')
  expect(estimateHeightEm('a = \\frac{b}{c}')).toBeGreaterThan(one)
  expect(estimateHeightEm('\\begin{aligned} a \\\\ b \\\\ c \\end{aligned}')).toBeCloseTo(3 * one)
})

test('a hostile formula reserves no more than a screen', () => {
  expect(estimateHeightEm('\\\\'.repeat(100_000))).toBe(40)
})
