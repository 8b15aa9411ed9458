import { ownText } from '../own-text'
import { codePointBefore, isCjk, isDigit, isWhiteSpace, isWordCharacter } from './characters'
import { inlinePiece, textPiece } from './piece'
import { hold, isWithin, push, touchesEnd, type Scan } from './scan'

const inlineLengthMax = 500
const displayLengthMax = 4_000
/** How long a formula is waited for before its source is shown. */
const reach = 400

type Formula = {
  readonly tex: string
  readonly display: boolean
  readonly end: number
  readonly reach: number
}

/** Reads `$…$` or `$$…$$` at the scan’s position, or passes over the dollars as text. */
export function readDollars(scan: Scan): void {
  const { text, position: start } = scan
  const length = dollarsAt(text, start)
  if (length === 2) return readDisplayDollars(scan)
  if (length === 1 && mayOpen(text, start)) return readInlineDollars(scan)
  if (length === 1 && touchesEnd(scan, start + 1)) return hold(scan, start, reach)
  passOver(scan, length)
}

/** Reads `\(…\)` or `\[…\]` at the scan’s position; whether there was one. */
export function readTexDelimiters(scan: Scan): boolean {
  const { text, position: start } = scan
  const display = text[start + 1] === '['
  const closing = (display ? scan.finders.bracket : scan.finders.parenthesis)(start + 2)
  const tex = text.slice(start + 2, closing < 0 ? scan.stop : closing)
  if (closing >= 0) {
    const isFormula = tex.length <= displayLengthMax && isTex(tex) && !isEscapedText(tex, display)
    if (isFormula) pushFormula(scan, { tex, display, end: closing + 2, reach: 0 })
    return isFormula
  }
  return waitForFormula(scan, 2, tex)
}

function readDisplayDollars(scan: Scan): void {
  const { text, position: start } = scan
  const closing = scan.finders.dollars(start + 2)
  const tex = text.slice(start + 2, closing < 0 ? scan.stop : closing)
  const isFormula = tex.length <= displayLengthMax && isTex(tex)
  if (closing >= 0 && isFormula) {
    pushFormula(scan, { tex, display: true, end: closing + 2, reach: 0 })
  } else if (closing >= 0 || !waitForFormula(scan, 2, tex)) passOver(scan, 2)
}

function readInlineDollars(scan: Scan): void {
  const { text, position: start } = scan
  const closing = nextDollar(text, start + 1)
  if (closing === undefined) return passOver(scan, 1)
  const tex = text.slice(start + 1, closing)
  if (closing === text.length) {
    if (!waitForFormula(scan, 1, tex.trimEnd())) passOver(scan, 1)
  } else if (!mayClose(text, closing, tex) || looksLikeProse(tex)) {
    passOver(scan, 1)
  } else if (touchesEnd(scan, closing + 1)) {
    // A digit may follow, and then this was a price.
    if (isDigit(tex.charCodeAt(0))) hold(scan, start, reach)
    else pushFormula(scan, { tex, display: false, end: closing + 1, reach })
  } else pushFormula(scan, { tex, display: false, end: closing + 1, reach: 0 })
}

function pushFormula(scan: Scan, formula: Formula): void {
  const { tex, display, end } = formula
  const piece = { start: scan.position, end, reach: formula.reach }
  push(scan, inlinePiece({ type: 'math', tex: ownText(tex.trim()), display }, piece))
}

/** While a formula may still be completed, it is not shown, as half a formula says nothing and is an error. */
function waitForFormula(scan: Scan, markers: number, tex: string): boolean {
  const { text, position: start } = scan
  if (!scan.open) return false
  if (isWithin(scan, start, reach) && !looksLikeProse(tex)) hold(scan, start, reach)
  else {
    const end = start + markers
    const shown = text[start] === '\\' ? text.slice(start + 1, end) : text.slice(start, end)
    push(scan, textPiece(shown, { start, end, reach }))
  }
  return true
}

function passOver(scan: Scan, length: number): void {
  scan.position += length
}

/** The next dollar outside escapes; the text’s end if that comes first, nothing if there can’t be a formula. */
function nextDollar(text: string, from: number): number | undefined {
  const last = Math.min(text.length, from + inlineLengthMax)
  for (let position = from; position < last; position += 1) {
    const character = text[position]
    if (character === '$') return position
    if (character === '`') return undefined
    if (character === '\\') position += 1
  }
  return last === text.length ? last : undefined
}

function mayOpen(text: string, start: number): boolean {
  const next = text.codePointAt(start + 1)
  if (next === undefined || isWhiteSpace(next)) return false
  return !isWordCharacter(codePointBefore(text, start))
}

/** `$n$th` is a formula, `$HOME/$USER` and `$5-$10` are not. */
function mayClose(text: string, closing: number, tex: string): boolean {
  if (isWhiteSpace(codePointBefore(text, closing)) || dollarsAt(text, closing) > 1) return false
  const next = text.codePointAt(closing + 1) ?? Number.NaN
  if (isDigit(next) || next === 0x7b) return false
  return !isWordCharacter(next) || !/^(?:[A-Za-z_]\w|\{\w+\})/.test(tex)
}

/** Whether there is anything to set. */
function isTex(tex: string): boolean {
  return /[^\s\\]/.test(tex)
}

/** `\[1\]` and `\[sic\]` are brackets that someone has escaped. */
function isEscapedText(tex: string, display: boolean): boolean {
  if (looksLikeProse(tex)) return true
  return display && /^(?:[\d\s,–-]+|[A-Za-z]{2,})$/.test(tex)
}

const functions = new Set(
  'log ln lg sin cos tan cot sec csc exp max min sup inf lim mod gcd lcm deg det dim ker'.split(
    ' ',
  ),
)

/**
 * Whether it reads like a sentence between two prices rather than a formula: words, and nothing that only formulas
 * have. Behind a number one word is enough.
 */
function looksLikeProse(tex: string): boolean {
  const isAmount = isDigit(tex.trimStart().charCodeAt(0))
  if ((isAmount ? /[\\^_{}]/ : /[\\^_{}=]/).test(tex)) return false
  const words = tex.match(/\p{L}{2,}/gu)?.filter((word) => !functions.has(word)) ?? []
  if (words.some((word) => isCjk(word.codePointAt(0) ?? 0))) return true
  return words.length >= (isAmount ? 1 : 2)
}

function dollarsAt(text: string, start: number): number {
  let end = start
  while (text[end] === '$') end += 1
  return end - start
}
