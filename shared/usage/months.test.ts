import { expect, it } from 'vitest'
import { monthAfter, monthOf } from './months'

it('a day has a month, and a month has neighbours in other years', () => {
  expect(monthOf(new Date(2026, 0, 31))).toBe('2026-01')
  expect(monthAfter('2026-01', -1)).toBe('2025-12')
  expect(monthAfter('2026-12', 1)).toBe('2027-01')
})
