import { expect, it } from 'vitest'
import { monthRange } from './month-range'

const iso = (month: string, timeZone: string) => {
  const { from, until } = monthRange(month, timeZone)
  return [from, until].map((time) => new Date(time).toISOString())
}

it.each([
  ['UTC', '2026-11', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
  ['Asia/Shanghai', '2026-12', '2026-11-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
  // Clocks are put back within it.
  ['America/New_York', '2026-11', '2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z'],
  ['Asia/Kolkata', '2026-02', '2026-01-31T18:30:00.000Z', '2026-02-28T18:30:00.000Z'],
])('a month begins and ends at midnight in %s', (timeZone, month, from, until) => {
  expect(iso(month, timeZone)).toEqual([from, until])
})

it('one month ends where the next begins', () => {
  expect(monthRange('2026-10', 'Europe/Berlin').until).toBe(
    monthRange('2026-11', 'Europe/Berlin').from,
  )
})
