import type { Groups, Inline, Run } from '../tree'
import { buildInlines, joinInlines } from './build-inlines'
import { appendItem } from './groups'
import { isSourceText, textPiece, type Piece } from './piece'

/** What has been read of a text up to a place where no span is open. */
export type Stretch = {
  readonly end: number
  readonly runs: Groups<Run>
  /** Where the last run begins, which has not got its full length yet, and what it says so far. */
  readonly runStart: number
  readonly inlines: readonly Inline[]
}

export const emptyStretch: Stretch = {
  end: 0,
  runs: [],
  runStart: 0,
  inlines: [],
}

/** Adds pieces up to `end`. */
export function extend(stretch: Stretch, pieces: readonly Piece[], end: number): Stretch {
  if (pieces.length === 0) return { ...stretch, end }
  return { ...stretch, end, inlines: joinInlines(stretch.inlines, buildInlines(pieces)) }
}

/** Ends the last run and begins another. */
export function endRun(stretch: Stretch, keyOffset: number): Stretch {
  const { runs, runStart, inlines, end } = stretch
  const isEmpty = inlines.length === 0
  const run = { key: keyOffset + runStart, inlines }
  return { ...stretch, runs: isEmpty ? runs : appendItem(runs, run), runStart: end, inlines: [] }
}

/** Parts pieces at places where no span is open, given in order; text is cut there. */
export function partition(pieces: readonly Piece[], places: readonly number[]): Piece[][] {
  const parts: Piece[][] = [[]]
  for (const piece of pieces) {
    let rest = piece
    for (
      let place = places[parts.length - 1];
      place !== undefined;
      place = places[parts.length - 1]
    ) {
      if (place >= rest.end) break
      if (place > rest.start && isSourceText(rest)) {
        parts.at(-1)?.push(sliceText(rest, rest.start, place))
        rest = sliceText(rest, place, rest.end)
      }
      parts.push([])
    }
    parts.at(-1)?.push(rest)
  }
  while (parts.length <= places.length) parts.push([])
  return parts
}

function sliceText(piece: Piece, start: number, end: number): Piece {
  const text = piece.text.slice(start - piece.start, end - piece.start)
  return textPiece(text, { start, end, reach: piece.reach })
}
