import { expect, test } from 'vitest'
import { normalizeMathDelimiters } from './math-delimiters'

test('TeX’s inline delimiters become dollars', () => {
  expect(normalizeMathDelimiters('so \\(a^2\\) and \\(b\\).')).toBe('so $$a^2$$ and $$b$$.')
})

test('a display formula stands on lines of its own', () => {
  expect(normalizeMathDelimiters('\\[\nx = 1\n\\]')).toBe('$$\nx = 1\n$$')
  expect(normalizeMathDelimiters('\\[ x = 1 \\]')).toBe('$$\n x = 1 \n$$')
  expect(normalizeMathDelimiters('$$ x = 1 $$')).toBe('$$\nx = 1\n$$')
  expect(normalizeMathDelimiters('  \\[ x \\]')).toBe('  $$\n   x \n  $$')
})

test('prices and other escapes stay as they are', () => {
  expect(normalizeMathDelimiters('from $5 to $10, \\$20 and \\*stars\\*')).toBe(
    'from $5 to $10, \\$20 and \\*stars\\*',
  )
  expect(normalizeMathDelimiters('a \\\\(b)')).toBe('a \\\\(b)')
})

test('code stays as it is', () => {
  const code = '`\\(a\\)` and ``\\[``\n```tex\n\\(a\\)\n$$ x $$\n```'
  expect(normalizeMathDelimiters(code)).toBe(code)
  expect(normalizeMathDelimiters('```\n\\(\n```\n\\(a\\)')).toBe('```\n\\(\n```\n$$a$$')
})

test('a megabyte of openers takes no time', () => {
  const text = '\\(`'.repeat(300_000)
  const start = performance.now()
  normalizeMathDelimiters(text)
  expect(performance.now() - start).toBeLessThan(1_000)
})
