import { inlinePiece, textPiece } from './piece'
import { hold, isWithin, push, pushRest, type Scan } from './scan'
import { readHtmlTag } from './html-tag'

const address = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>/y
const mail =
  /<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>/y
const halfWord = /<[A-Za-z0-9.+-]{0,32}$/y
const halfAddress = /<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:|[A-Za-z0-9.+_-]+@)[^\s<>]*$/y

// Whatever might still become an address.
const halfAny = /<[^\s<>]*$/y

const lineBreak = /^<br[ \t]*\/?>$/i

const wordReach = 40
const reach = 1_000

/**
 * Reads `<https://…>`, `<name@host>` or raw HTML at the scan’s position. HTML is shown as it was written, and what
 * looks like Markdown within a tag is part of the tag. The one exception is `<br>`: a cell of a table has no other way
 * to have two lines, so models write it.
 */
export function readAngle(scan: Scan): void {
  const { text, position: start } = scan
  const url = matchAt(address, text, start)?.[1]
  if (url !== undefined) return pushAutolink(scan, url, url)
  const name = matchAt(mail, text, start)?.[1]
  if (name !== undefined) return pushAutolink(scan, name, `mailto:${name}`)
  const end = readHtmlTag(text, start, scan.finders)
  if (typeof end === 'number') pushHtml(scan, end)
  else if (scan.open && readHalfAutolink(scan)) return
  else if (end === 'open') readHalfTag(scan)
  else pushBracket(scan, scan.open && matchAt(halfAny, text, start) !== null)
}

function readHalfAutolink(scan: Scan): boolean {
  const { text, position: start } = scan
  if (isWithin(scan, start, wordReach) && matchAt(halfWord, text, start)) {
    hold(scan, start, reach)
    return true
  }
  if (!isWithin(scan, start, reach) || !matchAt(halfAddress, text, start)) return false
  const children = [{ type: 'text' as const, text: text.slice(start + 1) }]
  const bounds = { start, end: text.length, reach }
  pushRest(scan, inlinePiece({ type: 'link', url: '', title: undefined, children }, bounds))
  return true
}

function readHalfTag(scan: Scan): void {
  const { text, position: start } = scan
  if (!isWithin(scan, start, reach)) return pushBracket(scan, scan.open)
  const shown = { type: 'text' as const, text: text.slice(start, scan.stop) }
  pushRest(scan, inlinePiece(shown, { start, end: text.length, reach }))
}

function pushHtml(scan: Scan, end: number): void {
  const start = scan.position
  const text = scan.text.slice(start, end)
  const inline = lineBreak.test(text)
    ? { type: 'hard-break' as const }
    : { type: 'text' as const, text }
  push(scan, inlinePiece(inline, { start, end }))
}

/** No autolink and no tag, or not yet. */
function pushBracket(scan: Scan, undecided: boolean): void {
  const start = scan.position
  if (undecided) push(scan, textPiece('<', { start, end: start + 1, reach }))
  else scan.position += 1
}

function pushAutolink(scan: Scan, text: string, url: string): void {
  const start = scan.position
  const children = [{ type: 'text' as const, text }]
  const bounds = { start, end: start + text.length + 2 }
  push(scan, inlinePiece({ type: 'link', url, title: undefined, children }, bounds))
}

function matchAt(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start
  return pattern.exec(text)
}
