import { expect, test } from 'vitest'
import { hexOf } from './diagram-theme'

test('a colour of the browser becomes six digits', () => {
  expect(hexOf('color(srgb 1 0.5 0)')).toBe('#ff8000')
  expect(hexOf('color(srgb -0.01 1.2 3e-7 / 1)')).toBe('#00ff00')
})
