import type { Delimiter } from './emphasis'
import { createFinders, type Finders } from './finders'
import { textPiece, type MarkerPiece, type Piece } from './piece'
import type { References } from './references'

export type Source = {
  readonly text: string
  /** Where to begin. What stands before it is only looked at as a neighbour. */
  readonly start: number
  readonly references: References
  /** Whether more text may follow. */
  readonly open: boolean
}

/** An opening bracket that has not met its closing one. */
export type Bracket = {
  readonly piece: MarkerPiece
  readonly image: boolean
  /** How many delimiters stand before it. */
  readonly delimiters: number
  /** Whether another bracket has opened behind it: what it encloses can’t be a label then. */
  nested: boolean
}

/** How far the reading of a text has come. Every reader of a construct moves it on, or leaves it as it is. */
export type Scan = Source & {
  /** Where reading stops: before the white space at the end, or at a construct that is still being written. */
  stop: number
  position: number
  /** What stands from here to `position` is plain text and not yet a piece. */
  textStart: number
  readonly pieces: Piece[]
  readonly delimiters: Delimiter[]
  readonly brackets: Bracket[]
  /** Brackets below this index stand before a link, and as links hold no links, can’t become one. */
  inactiveBrackets: number
  readonly finders: Finders
  /** The last stretch of characters that may be in a host’s name, so that none is looked at twice. */
  domain: { readonly start: number; readonly end: number }
  /** How many characters have been looked at, roughly: a measure of cost for tests. */
  cost: number
}

export function createScan(source: Source): Scan {
  const stop = endOfText(source.text, source.start)
  return {
    ...source,
    stop,
    position: source.start,
    textStart: source.start,
    pieces: [],
    delimiters: [],
    brackets: [],
    inactiveBrackets: 0,
    finders: createFinders(source.text),
    domain: { start: 0, end: 0 },
    cost: source.text.length - source.start,
  }
}

/** Without the first half of a character at the end, whose second half is still to come. */
export function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
}

/** Adds a piece, and before it the plain text that it ends. */
export function push(scan: Scan, piece: Piece): void {
  flushText(scan, piece.start)
  scan.pieces.push(piece)
  scan.position = piece.end
  scan.textStart = piece.end
}

export function flushText(scan: Scan, end: number): void {
  const { text, textStart: start } = scan
  if (end > start) scan.pieces.push(textPiece(text.slice(start, end), { start, end }))
  scan.textStart = end
}

/** Ends the reading with a last piece that stands for the rest of the text, which is still being written. */
export function pushRest(scan: Scan, piece: Piece): void {
  push(scan, piece)
  scan.stop = scan.position
}

/** Shows nothing of the rest of the text until more of it is known. */
export function hold(scan: Scan, start: number, reach: number): void {
  pushRest(scan, textPiece('', { start, end: scan.text.length, reach }))
}

/** Whether what ends at `position` may yet become something else by what follows. */
export function touchesEnd(scan: Scan, position: number): boolean {
  return scan.open && position >= scan.text.length
}

/** Whether something that began at `start` and has no end yet may still be shown as if it ended here. */
export function isWithin(scan: Scan, start: number, reach: number): boolean {
  return scan.open && scan.text.length - start <= reach
}

function endOfText(text: string, start: number): number {
  let end = text.length
  while (end > start && /[ \t\n\r]/.test(text[end - 1] ?? '')) end -= 1
  return end
}
