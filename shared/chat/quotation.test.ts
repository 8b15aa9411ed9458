import { expect, it } from 'vitest'
import { quotationOf, withQuotation } from './quotation'

it('a quotation has every line, and at most one blank one in a row', () => {
  expect(quotationOf('  one\r\ntwo\n\n\n\nthree ')).toBe('> one\n> two\n>\n> three')
})

it('code keeps the space that its lines begin with', () => {
  expect(quotationOf('if (a) {\n  b()\n}')).toBe('> if (a) {\n>   b()\n> }')
})

it('what was written before stays, and one goes on below', () => {
  expect(withQuotation('', 'one')).toBe('> one\n\n')
  expect(withQuotation(' \n', 'one')).toBe('> one\n\n')
  expect(withQuotation('Look:\n\n', 'one')).toBe('Look:\n\n> one\n\n')
})
