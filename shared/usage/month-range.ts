/** When a month such as `2026-11` begins and ends where the reader is. Milliseconds since the epoch. */
export function monthRange(month: string, timeZone: string): { from: number; until: number } {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return {
    from: startOfMonth(Date.UTC(year, number - 1), timeZone),
    until: startOfMonth(Date.UTC(year, number), timeZone),
  }
}

/** The moment at which clocks there show what `utc` shows in Greenwich. */
function startOfMonth(utc: number, timeZone: string): number {
  const guess = utc - offsetAt(utc, timeZone)
  return utc - offsetAt(guess, timeZone)
}

function offsetAt(time: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return (
    Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    ) - time
  )
}
