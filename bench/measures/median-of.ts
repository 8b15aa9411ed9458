import { median } from '../processes/percentile'

/** The median of each figure by itself; what is no figure is taken from the first. */
export function medianOf<Figures extends Record<string, number | boolean>>(
  rounds: readonly Figures[],
): Figures {
  const [first] = rounds
  if (!first) throw new Error('Nothing was measured.')
  const medians = Object.keys(first).map((name) => {
    const values = rounds.map((round) => round[name])
    return [name, values.every(isNumber) ? median(values) : values[0]]
  })
  // The names and kinds of the first.
  return Object.fromEntries(medians) as Figures
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}
