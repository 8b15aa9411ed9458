import { expect, test } from 'vitest'
import { expansionsOf } from './formula-bounds'

test('a formula of usual size may be typeset', () => {
  expect(expansionsOf('\\frac{a}{b}')).toBe(1_000)
  expect(expansionsOf(`${'{'.repeat(60)}x${'}'.repeat(60)}`)).toBe(1_000)
  expect(expansionsOf('\\{'.repeat(500))).toBe(1_000)
})

test.each([
  ['nests too deep', '{'.repeat(61)],
  ['nests 50,000 braces', '{'.repeat(50_000)],
  ['is too long', 'x'.repeat(4_001)],
  ['defines a long macro', `\\def\\a{${'x'.repeat(400)}}\\a\\a\\a`],
  ['defines a long command', `\\newcommand{\\a}{${'x'.repeat(400)}}\\a`],
])('a formula that %s is not', (_, tex) => {
  expect(expansionsOf(tex)).toBeUndefined()
})

test('one that defines macros may expand few', () => {
  expect(expansionsOf('\\newcommand{\\R}{\\mathbb{R}} \\R')).toBe(100)
})
