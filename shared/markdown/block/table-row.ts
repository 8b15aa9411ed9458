import type { Alignment } from '../tree'
import { trimEnd, trimStart } from './white-space'

/** The cells of a line, with `\|` for a pipe that is none between cells, as it is in GFM even inside of code. */
export function splitCells(line: string): readonly string[] {
  const row = trimEnd(trimStart(line))
  const cells: string[] = []
  let cell = ''
  let start = row.startsWith('|') ? 1 : 0
  for (let index = start; index < row.length; index += 1) {
    const character = row[index]
    if (character === '|') {
      cells.push(trimCell(cell + row.slice(start, index)))
      cell = ''
      start = index + 1
    } else if (character === '\\') {
      if (row[index + 1] === '|') {
        cell += row.slice(start, index)
        start = index + 1
      }
      index += 1
    }
  }
  const last = cell + row.slice(start)
  return last === '' ? cells : [...cells, trimCell(last)]
}

function trimCell(text: string): string {
  return trimEnd(trimStart(text))
}

/** A short row is filled up, so that a wide table is worth much more than it is long. */
const columnsMax = 100

/** What a delimiter row says of its columns; nothing when the line is none. */
export function readDelimiterRow(rest: string): readonly Alignment[] | undefined {
  if (!/^[-|:][-|: \t]*$/.test(rest) || !/[|:]/.test(rest)) return undefined
  const cells = splitCells(rest)
  if (
    cells.length === 0 ||
    cells.length > columnsMax ||
    !cells.every((cell) => /^:?-+:?$/.test(cell))
  )
    return undefined
  return cells.map(alignmentOf)
}

function alignmentOf(cell: string): Alignment {
  const left = cell.startsWith(':')
  if (cell.endsWith(':')) return left ? 'center' : 'right'
  return left ? 'left' : undefined
}

/** As many cells as the header has. */
export function fitCells(cells: readonly string[], count: number): readonly string[] {
  if (cells.length === count) return cells
  return Array.from({ length: count }, (_, index) => cells[index] ?? '')
}
