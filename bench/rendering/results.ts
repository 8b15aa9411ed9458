import type { Machine } from '../machine/machine'
import type { ContenderId } from './contenders'
import type { LongChat } from './long-chat/long-chat'
import type { CellFigures } from './measure-cell'
import type { Cell } from './plan'

/** Everything one run found out. */
export type RenderResults = {
  date: string
  quick: boolean
  rounds: number
  intervalMs: number
  machine: Machine
  browser: string
  /** Of a minute, before the run and after each cell. */
  loadAverages: number[]
  cells: CellResult[]
  longChat: LongChat | undefined
}

export type CellResult = Omit<Cell, 'limitMs'> & { taken: Taken[] }

/** One contender’s rounds in a cell; `fault` when it did not show what it was given. */
export type Taken = { contender: ContenderId; rounds: CellFigures[]; fault?: string }

export type CellChoice = Partial<Pick<Cell, 'document' | 'kilobytes' | 'mode' | 'throttle'>>

export function findCell(
  { cells }: Pick<RenderResults, 'cells'>,
  { document = 'mixed', mode = 'lock-step', throttle = 1, kilobytes }: CellChoice,
): CellResult | undefined {
  return cells.find(
    (cell) =>
      cell.document === document &&
      cell.mode === mode &&
      cell.throttle === throttle &&
      (kilobytes === undefined || cell.kilobytes === kilobytes),
  )
}
