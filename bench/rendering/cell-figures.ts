import { medianOf } from '../measures/median-of'
import type { ContenderId } from './contenders'
import type { CellFigures } from './measure-cell'
import type { CellResult } from './results'

/** Medians over the rounds; of long tasks the worst, for a rare one is what a person sees. */
export function figuresOf(
  cell: CellResult | undefined,
  contender: ContenderId,
): CellFigures | undefined {
  const rounds = cell?.taken.find((taken) => taken.contender === contender)?.rounds ?? []
  if (rounds.length === 0) return undefined
  return {
    ...medianOf(rounds),
    complete: rounds.every(({ complete }) => complete),
    longestTaskMs: Math.max(...rounds.map(({ longestTaskMs }) => longestTaskMs)),
    longTasks: Math.max(...rounds.map(({ longTasks }) => longTasks)),
  }
}

/** A figure of which at least so much is known. */
export type Bounded = { value: number; isLowerBound: boolean }

/** How many times ours the other takes; a lower bound when the other was stopped, nothing when ours was. */
export function timesOurs(
  cell: CellResult | undefined,
  contender: ContenderId,
  figure: (figures: CellFigures) => number,
): Bounded | undefined {
  const [ours, other] = [figuresOf(cell, 'ours'), figuresOf(cell, contender)]
  if (!ours?.complete || !other) return undefined
  return { value: figure(other) / figure(ours), isLowerBound: !other.complete }
}
