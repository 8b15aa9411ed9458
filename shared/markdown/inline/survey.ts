import { isSourceText, type Piece } from './piece'

/** A run is cut at the first place behind so many characters. */
const runLengthMin = 200
/** So long a run is cut even within a word, between two constructs. */
const runLengthMax = 1_000

export type Survey = {
  /** Where runs end. */
  readonly cuts: readonly number[]
  /** Up to here nothing that follows can change what is said. */
  readonly settled: number
  /** Up to here nothing is expected to change: what has been open for long is taken for text. */
  readonly assumed: number
}

type Place = {
  readonly text: string
  /** Where the pieces begin. */
  readonly start: number
  readonly pieces: readonly Piece[]
  readonly runStart: number
}

/** Looks where the pieces of a text can be parted. All places are between spans, never within one. */
export function survey({ text, start, pieces, runStart }: Place): Survey {
  const cuts: number[] = []
  let earliest = runStart + runLengthMin
  let settled: number | undefined
  let assumed: number | undefined
  let depth = 0
  let top = 0
  for (const [index, piece] of pieces.entries()) {
    if (depth === 0) {
      top = boundaryBefore(text, piece.start, pieces[index - 1])
      for (let cut = nextCut(text, piece, earliest); cut !== undefined;) {
        cuts.push(cut)
        earliest = cut + runLengthMin
        cut = nextCut(text, piece, earliest)
      }
    }
    if (piece.reach > 0) {
      settled ??= top
      if (text.length - piece.start <= piece.reach) assumed ??= top
    }
    depth += piece.opens.length - piece.closes.length
  }
  assumed ??= lastBoundary(text, pieces) ?? start
  return { cuts, settled: settled ?? assumed, assumed }
}

/** The first place to part at, at the beginning of a piece or, if it is text, within. */
function nextCut(text: string, piece: Piece, earliest: number): number | undefined {
  const isText = isSourceText(piece)
  if (!isText && piece.start >= earliest + runLengthMax - runLengthMin) return piece.start
  const last = isText ? piece.end - 1 : piece.start
  for (let position = Math.max(piece.start, earliest); position <= last; position += 1) {
    if (isBoundary(text, position)) return position
  }
  return undefined
}

/** Where to go on from to read a piece again: a mail address may reach back over the text in front of it. */
function boundaryBefore(text: string, place: number, previous: Piece | undefined): number {
  if (previous === undefined || !isSourceText(previous)) return place
  let position = place
  while (position > previous.start && !isBoundary(text, position)) position -= 1
  return position
}

/** The last place to part at, where nothing is open. */
function lastBoundary(text: string, pieces: readonly Piece[]): number | undefined {
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    const piece = pieces[index]
    if (piece === undefined || !isSourceText(piece)) return piece?.end
    for (let position = piece.end - 1; position > piece.start; position -= 1) {
      if (isBoundary(text, position)) return position
    }
  }
  return undefined
}

/**
 * Whether a new word, or an ideograph behind another, begins here: no construct that is found by looking back, such as
 * a mail address, reaches over it.
 */
function isBoundary(text: string, position: number): boolean {
  const before = text.charCodeAt(position - 1)
  const after = text.charCodeAt(position)
  if (before === 32 || before === 10 || before === 9) {
    return after !== 32 && after !== 10 && after !== 9 && !Number.isNaN(after)
  }
  return isIdeographic(before) && isIdeographic(after)
}

function isIdeographic(code: number): boolean {
  if (code < 0x2e80) return false
  const combines = (code >= 0x302a && code <= 0x302f) || code === 0x3099 || code === 0x309a
  if (combines) return false
  return code <= 0xd7a3 || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff01 && code <= 0xff60)
}
