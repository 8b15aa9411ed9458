import { readAngle } from './autolink'
import { closeBracket, openBracket } from './brackets'
import { isAsciiPunctuation } from './characters'
import { readCharacterReference } from './character-references'
import { readCodeSpan } from './code-span'
import { flankingOf } from './flanking'
import { readMailAddress, readWebAddress } from './literal-autolink'
import { readDollars, readTexDelimiters } from './math'
import { inlinePiece, markerPiece, textPiece } from './piece'
import { createScan, flushText, hold, push, touchesEnd, type Scan, type Source } from './scan'

/** How far behind it an emphasis marker without a counterpart is shown as emphasis. */
export const emphasisReach = 300

/** Reads a text from left to right into pieces. Emphasis is not paired yet, but for that within links. */
export function readPieces(source: Source): Scan {
  const scan = createScan(source)
  while (scan.position < scan.stop) {
    const reader = readers[scan.text.charCodeAt(scan.position)]
    if (reader === undefined) scan.position += 1
    else reader(scan)
  }
  // A construct that ends behind `stop` has ended the text already.
  if (scan.textStart < scan.stop) flushText(scan, scan.stop)
  return scan
}

type Reader = (scan: Scan) => void

/** By the character that a construct begins with. */
const readers = table({
  '\n': readLineEnd,
  '\\': readBackslash,
  '&': readAmpersand,
  '`': readCodeSpan,
  '*': readDelimiter,
  _: readDelimiter,
  '~': readDelimiter,
  '[': openBracket,
  ']': closeBracket,
  '!': readExclamation,
  '<': readAngle,
  $: readDollars,
  ':': readWebAddress,
  w: readWebAddress,
  W: readWebAddress,
  '@': readMailAddress,
})

function table(entries: Readonly<Record<string, Reader>>): readonly (Reader | undefined)[] {
  const result: (Reader | undefined)[] = Array.from({ length: 128 })
  for (const [character, reader] of Object.entries(entries)) {
    result[character.charCodeAt(0)] = reader
  }
  return result
}

function readLineEnd(scan: Scan): void {
  const { text, position } = scan
  let start = position
  while (start > scan.textStart && /[ \t]/.test(text[start - 1] ?? '')) start -= 1
  const hard = text.slice(start, position).endsWith('  ')
  pushBreak(scan, { start, behind: position + 1, hard })
}

type Break = { readonly start: number; readonly behind: number; readonly hard: boolean }

function pushBreak(scan: Scan, { start, behind, hard }: Break): void {
  let end = behind
  while (/[ \t]/.test(scan.text[end] ?? '')) end += 1
  push(scan, inlinePiece({ type: hard ? 'hard-break' : 'soft-break' }, { start, end }))
}

function readBackslash(scan: Scan): void {
  const { text, position: start } = scan
  const next = text.charCodeAt(start + 1)
  if (touchesEnd(scan, start + 1)) return hold(scan, start, 1)
  if (next === 10 && start + 1 < scan.stop) {
    return pushBreak(scan, { start, behind: start + 2, hard: true })
  }
  if (next === 10 && scan.open) return hold(scan, start, emphasisReach)
  if ((next === 40 || next === 91) && readTexDelimiters(scan)) return
  if (!isAsciiPunctuation(next)) scan.position += 1
  else push(scan, textPiece(String.fromCharCode(next), { start, end: start + 2 }))
}

function readAmpersand(scan: Scan): void {
  const { text, position: start } = scan
  const reference = readCharacterReference(text, start)
  if (reference) return push(scan, textPiece(reference.text, { start, end: reference.end }))
  if (scan.open && /^&#?\w*$/.test(text.slice(start, start + 40))) return readHalfReference(scan)
  scan.position += 1
}

const halfReferenceLengthMax = 10

function readHalfReference(scan: Scan): void {
  const { text, position: start } = scan
  const undecided = text.length - start <= 33
  if (!undecided) scan.position += 1
  else if (text.length - start <= halfReferenceLengthMax) hold(scan, start, 40)
  else push(scan, textPiece('&', { start, end: start + 1, reach: 40 }))
}

function readDelimiter(scan: Scan): void {
  const { text, position: start } = scan
  const marker = text[start] ?? ''
  const end = endOfRun(text, start)
  const length = end - start
  const growing = touchesEnd(scan, end)
  // A lone marker says nothing before it is known what it stands beside.
  if (growing && length <= (marker === '~' ? 2 : 3)) return hold(scan, start, emphasisReach)
  const { canOpen, canClose } = flankingOf(text, start, end)
  const isMarker = (canOpen || canClose) && (marker !== '~' || length === 2)
  if (!isMarker && !growing) {
    scan.position = end
    return
  }
  const bounds = { start, end, reach: growing ? emphasisReach : 0 }
  const piece = markerPiece(text.slice(start, end), bounds)
  if (isMarker) scan.delimiters.push({ piece, marker, length, count: length, canOpen, canClose })
  push(scan, piece)
}

function endOfRun(text: string, start: number): number {
  const code = text.charCodeAt(start)
  let end = start
  while (text.charCodeAt(end) === code) end += 1
  return end
}

function readExclamation(scan: Scan): void {
  const { text, position: start } = scan
  if (text[start + 1] === '[') return openBracket(scan)
  // Behind a word it ends a sentence; elsewhere an image may follow.
  const mayBeImage = /^$|[\s[(|]/.test(text.slice(Math.max(0, start - 1), start))
  if (touchesEnd(scan, start + 1) && mayBeImage) hold(scan, start, 1)
  else if (touchesEnd(scan, start + 1))
    push(scan, textPiece('!', { start, end: start + 1, reach: 1 }))
  else scan.position += 1
}
