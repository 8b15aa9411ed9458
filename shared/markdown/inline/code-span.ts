import { ownText } from '../own-text'
import { inlinePiece, textPiece } from './piece'
import { hold, isWithin, push, pushRest, touchesEnd, type Scan } from './scan'

const reach = 400

/** Reads the code span that begins with the backticks at the scan’s position, or passes over them as text. */
export function readCodeSpan(scan: Scan): void {
  const { text, position: start } = scan
  const opened = endOfRun(text, start)
  const closing = scan.finders.backticks(opened, opened - start)
  if (closing < 0) return readOpenCode(scan, opened)
  const end = closing + (opened - start)
  push(
    scan,
    inlinePiece(
      { type: 'code', text: codeText(text.slice(opened, closing)) },
      // One more backtick, and this is not the closing run.
      { start, end, reach: touchesEnd(scan, end) ? reach : 0 },
    ),
  )
}

function readOpenCode(scan: Scan, opened: number): void {
  const { text, position: start } = scan
  if (!isWithin(scan, start, reach)) {
    return push(scan, textPiece(text.slice(start, opened), { start, end: opened, reach }))
  }
  const content = codeText(text.slice(opened, scan.stop).replace(/`+$/, ''))
  if (content.trim() === '') return hold(scan, start, reach)
  pushRest(scan, inlinePiece({ type: 'code', text: content }, { start, end: text.length, reach }))
}

function codeText(source: string): string {
  const text = source.replaceAll('\n', ' ')
  const isPadded = text.startsWith(' ') && text.endsWith(' ') && /[^ ]/.test(text)
  return ownText(isPadded ? text.slice(1, -1) : text)
}

function endOfRun(text: string, start: number): number {
  let end = start
  while (text[end] === '`') end += 1
  return end
}
