/** The month of a day where the reader is, such as `2026-11`. */
export function monthOf(day: Date): string {
  return named(day.getFullYear(), day.getMonth())
}

export function monthAfter(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const day = new Date(Date.UTC(year, number - 1 + count))
  return named(day.getUTCFullYear(), day.getUTCMonth())
}

function named(year: number, index: number): string {
  return `${year}-${String(index + 1).padStart(2, '0')}`
}
