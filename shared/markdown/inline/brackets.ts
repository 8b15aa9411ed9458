import { ownText } from '../own-text'
import { pairDelimiters } from './emphasis'
import { readInlineTarget, readLabel, type Target } from './link-target'
import { inlinePiece, markerPiece, type Span } from './piece'
import { normalizeLabel } from './references'
import { hold, push, touchesEnd, type Bracket, type Scan } from './scan'

const targetReach = 1_000
const labelLengthMax = 999

/** Reads a footnote reference, or the `[` or `![` that may begin a link or an image, at the scan’s position. */
export function openBracket(scan: Scan): void {
  const { text, position: start } = scan
  const image = text[start] === '!'
  if (!image && text[start + 1] === '^' && readFootnoteReference(scan)) return
  const end = start + (image ? 2 : 1)
  const piece = markerPiece(text.slice(start, end), { start, end })
  const outer = scan.brackets.at(-1)
  if (outer) outer.nested = true
  scan.inactiveBrackets = Math.min(scan.inactiveBrackets, scan.brackets.length)
  scan.brackets.push({ piece, image, delimiters: scan.delimiters.length, nested: false })
  push(scan, piece)
}

/** Reads the `]` at the scan’s position: it ends a link or an image, or it and its bracket are text. */
export function closeBracket(scan: Scan): void {
  const bracket = scan.brackets.pop()
  const active = bracket?.image || scan.brackets.length >= scan.inactiveBrackets
  if (bracket === undefined || !active) return passOver(scan)
  if (isHalfClosed(scan)) return closeAtEnd(scan, bracket)
  const target = targetOf(scan, bracket)
  if (target === undefined) return passOver(scan)
  if (target !== 'open') return pushLink(scan, bracket, target)
  bracket.piece.reach = targetReach
  if (scan.text.length - bracket.piece.end > targetReach) return passOver(scan)
  pushHalfLink(scan, bracket)
}

function passOver(scan: Scan): void {
  scan.position += 1
}

function readFootnoteReference(scan: Scan): boolean {
  const { text, position: start } = scan
  const pattern = /\[\^([^\s[\]]{1,999})(\]?)/y
  pattern.lastIndex = start
  const match = pattern.exec(text)
  const end = start + (match?.[0].length ?? 2)
  if (match?.[2] !== ']') {
    const undecided = touchesEnd(scan, end) && end - start <= 40
    if (undecided) hold(scan, start, targetReach)
    return undecided
  }
  const label = match[1] ?? ''
  const target = scan.references.footnote(normalizeLabel(label))
  if (target === undefined) return false
  const { number, occurrence } = target
  push(scan, inlinePiece({ type: 'footnote-reference', label, number, occurrence }, { start, end }))
  return true
}

/** What the bracket and the `]` at the scan’s position lead to: an address in parentheses, or a defined label. */
function targetOf(scan: Scan, bracket: Bracket): Target | 'open' | undefined {
  const { text, position } = scan
  const end = position + 1
  if (text[end] === '(') {
    const target = readInlineTarget(text, end + 1)
    scan.cost += typeof target === 'object' ? target.end - end : 0
    if (target && (target !== 'open' || scan.open)) return target
  }
  const full = text[end] === '[' ? readLabel(text, end) : undefined
  const isFull = typeof full === 'object'
  if (isFull && full.label.trim() !== '') return defined(scan, full.label, full.end)
  if (bracket.nested) return undefined
  const isCollapsed = isFull && full.label === ''
  return defined(scan, text.slice(bracket.piece.end, position), isCollapsed ? full.end : end)
}

function defined(scan: Scan, label: string, end: number): Target | undefined {
  if (label.length > labelLengthMax || label.trim() === '') return undefined
  const target = scan.references.link(normalizeLabel(label))
  return target && { ...target, end }
}

function pushLink(scan: Scan, bracket: Bracket, { url, title, end }: Target): void {
  const { text, position: start } = scan
  const type = bracket.image ? 'image' : 'link'
  const closing = markerPiece('', { start, end })
  const span: Span = {
    type,
    url: ownText(url),
    title: title === undefined ? undefined : ownText(title),
    opening: bracket.piece.text,
    closing: text.slice(start, end),
  }
  bracket.piece.opens.push(span)
  bracket.piece.text = ''
  closing.closes.push(span)
  pairDelimiters(scan.delimiters.splice(bracket.delimiters))
  if (!bracket.image) scan.inactiveBrackets = scan.brackets.length
  push(scan, closing)
}

/** Whether the `]` at the scan’s position is the last character, or a label behind it has no end yet. */
function isHalfClosed(scan: Scan): boolean {
  const end = scan.position + 1
  if (touchesEnd(scan, end)) return true
  return scan.open && scan.text[end] === '[' && readLabel(scan.text, end) === 'open'
}

/** What follows may lead somewhere. Until then it is a link only if its text is a defined label. */
function closeAtEnd(scan: Scan, bracket: Bracket): void {
  const { text, position } = scan
  const label = bracket.nested ? '' : text.slice(bracket.piece.end, position)
  const target = defined(scan, label, position + 1)
  bracket.piece.reach = targetReach
  if (target && !bracket.image) return pushLink(scan, bracket, target)
  waitAt(scan, bracket)
}

/** While a link’s address is being written, its text is shown as a link without one; an image is not shown yet. */
function pushHalfLink(scan: Scan, bracket: Bracket): void {
  if (bracket.image) return waitAt(scan, bracket)
  pushLink(scan, bracket, { url: '', title: undefined, end: scan.text.length })
  scan.stop = scan.position
}

function waitAt(scan: Scan, bracket: Bracket): void {
  scan.brackets.push(bracket)
  hold(scan, scan.position, targetReach)
}
