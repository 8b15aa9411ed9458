import { codePointAt, codePointBefore, isWhiteSpace, isWordCharacter } from './characters'
import { openToEnd, pairDelimiters, type Delimiter } from './emphasis'
import { emphasisReach } from './read-pieces'
import { isWithin, type Bracket, type Scan } from './scan'

/** Whole sentences are bold, and hardly any `**` is alone. */
const strongReach = 1_000
const bracketReach = 300
/** So short a bracket is more often `[1]` or `[x]` than a link, and is waited for. */
const shortContent = /^[^\]]{0,3}(?:\]|$)/

/**
 * Pairs the emphasis that is left and decides what is shown of that which has no end yet. Gives back the position from
 * which on nothing is shown.
 */
export function closeHalfOpen(scan: Scan): number {
  const openers = pairDelimiters(scan.delimiters)
  if (!scan.open) return scan.text.length
  for (const opener of openers) closeEmphasis(scan, opener)
  return scan.brackets.reduce(
    (shown, bracket) => Math.min(shown, closeBracket(scan, bracket)),
    scan.text.length,
  )
}

function closeEmphasis(scan: Scan, opener: Delimiter): void {
  const { piece, count } = opener
  piece.reach = count === 1 ? emphasisReach : strongReach
  const isLikely = count <= 3 && !isWithinWord(scan.text, piece.start, piece.end)
  if (isLikely && isWithin(scan, piece.start, piece.reach)) openToEnd(opener)
}

/** As in `2*3` and `2**10`. */
function isWithinWord(text: string, start: number, end: number): boolean {
  return isWordCharacter(codePointBefore(text, start)) && isWordCharacter(codePointAt(text, end))
}

/** Shows a link’s text without its bracket, and nothing of an image. */
function closeBracket(scan: Scan, { piece, image }: Bracket): number {
  piece.reach = Math.max(piece.reach, bracketReach)
  if (!isWithin(scan, piece.start, piece.reach)) return scan.text.length
  if (!image && !mayBeLink(scan.text, piece.start)) return scan.text.length
  if (image || shortContent.test(scan.text.slice(piece.end))) return piece.start
  piece.text = ''
  return scan.text.length
}

function mayBeLink(text: string, start: number): boolean {
  const next = codePointAt(text, start + 1)
  if (isWordCharacter(codePointBefore(text, start)) || next === 0x5b) return false
  return start + 1 === text.length || !isWhiteSpace(next)
}
