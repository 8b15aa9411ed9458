import {
  codePointAt,
  codePointBefore,
  isAsciiAlphanumeric,
  isAsciiLetter,
  isCjk,
  isLowSurrogate,
  isPunctuation,
  isWhiteSpace,
} from './characters'
import { inlinePiece } from './piece'
import { push, touchesEnd, type Scan } from './scan'

const reach = 1_000
const domainLengthMax = 253

/** Reads a web address at whose `:` or first `w` the scan is, as GFM does, or passes over the character. */
export function readWebAddress(scan: Scan): void {
  const { text, position } = scan
  const start = text[position] === ':' ? schemeStart(scan) : position
  const begins = start !== undefined && start >= scan.textStart
  if (!begins || (start === position && !beginsWithWww(text, position))) return passOver(scan)
  const domain = start === position ? start + 4 : position + 3
  const domainEnd = endOfDomain(text, domain)
  if (domainEnd === undefined) return passOver(scan)
  const limit = endOfAddress(text, domainEnd)
  scan.cost += limit - start
  const end = trimAddress(text, domain, limit)
  if (end <= domain) return passOver(scan)
  pushLiteral(scan, { start, end, limit, prefix: start === position ? 'http://' : '' })
}

/** Reads a mail address at whose `@` the scan is, or passes over it. */
export function readMailAddress(scan: Scan): void {
  const { text, position } = scan
  let start = position
  while (start > scan.textStart && isLocalPart(text.charCodeAt(start - 1))) start -= 1
  scan.cost += position - start
  if (start === position || text[start - 1] === '/') return passOver(scan)
  const host = /@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\.?/y
  host.lastIndex = position
  const limit = position + (host.exec(text)?.[0].length ?? 0)
  let end = limit
  while (end > position && !isAsciiAlphanumeric(text.charCodeAt(end - 1))) end -= 1
  if (!text.slice(position, end).includes('.')) return passOver(scan)
  pushLiteral(scan, { start, end, limit, prefix: 'mailto:' })
}

function passOver(scan: Scan): void {
  scan.position += 1
}

type Literal = {
  readonly start: number
  readonly end: number
  /** Where the address would end if nothing were trimmed. */
  readonly limit: number
  readonly prefix: string
}

function pushLiteral(scan: Scan, { start, end, limit, prefix }: Literal): void {
  const text = scan.text.slice(start, end)
  const growing = touchesEnd(scan, limit)
  push(
    scan,
    inlinePiece(
      {
        type: 'link',
        // Half an address leads somewhere else.
        url: growing ? '' : prefix + text,
        title: undefined,
        children: [{ type: 'text', text }],
      },
      { start, end, reach: growing ? reach : 0 },
    ),
  )
}

function schemeStart({ text, position }: Scan): number | undefined {
  if (text[position + 1] !== '/' || text[position + 2] !== '/') return undefined
  const scheme = /https?$/i.exec(text.slice(Math.max(0, position - 5), position))?.[0]
  if (scheme === undefined) return undefined
  const start = position - scheme.length
  return isAsciiLetter(text.charCodeAt(start - 1)) ? undefined : start
}

function beginsWithWww(text: string, position: number): boolean {
  if (!/^www\.$/i.test(text.slice(position, position + 4))) return false
  const before = codePointBefore(text, position)
  return isWhiteSpace(before) || isCjk(before) || /[*_~()[\]]/.test(String.fromCodePoint(before))
}

/** Behind the host’s name, unless that is none. A wide character ends it, as no space does in Chinese. */
function endOfDomain(text: string, start: number): number | undefined {
  let end = start
  const last = start + domainLengthMax
  while (end <= last && isDomain(text, end)) end += 1
  if (end > last) return undefined
  const domain = text.slice(start, end)
  const isValid = /[^.]/.test(domain)
  return isValid && !/_[^.]*(?:\.[^.]*)?$/.test(domain) ? end : undefined
}

function isDomain(text: string, position: number): boolean {
  const code = text.charCodeAt(position)
  if (code < 128) return isLocalPart(code) && code !== 43
  const codePoint = isLowSurrogate(code)
    ? codePointBefore(text, position + 1)
    : codePointAt(text, position)
  return !isWhiteSpace(codePoint) && !isPunctuation(codePoint) && !isCjk(codePoint)
}

/** Before white space, `<`, punctuation of Chinese or Japanese, or a bracket that is not the address’s own. */
function endOfAddress(text: string, start: number): number {
  let brackets = 0
  let end = start
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end)
    if (code === 60 || isWhiteSpace(code)) break
    if (code === 91) brackets += 1
    if (code === 93 && (brackets -= 1) < 0) break
    if (code >= 0x3000 && isCjk(code) && isPunctuation(code)) break
  }
  return end
}

/** Without the punctuation behind it, which belongs to the sentence. */
function trimAddress(text: string, start: number, limit: number): number {
  const address = text.slice(start, limit)
  let surplus = count(address, ')') - count(address, '(')
  let end = limit
  while (end > start) {
    const last = text[end - 1] ?? ''
    if (last === ')' ? surplus <= 0 : !/[?!.,:*_~'";]/.test(last)) break
    if (last === ')') surplus -= 1
    end = last === ';' ? startOfReference(text, end) : end - 1
  }
  return end
}

/** Where the character reference begins that ends at `end`; else where its semicolon stands. */
function startOfReference(text: string, end: number): number {
  let start = end - 1
  while (isAsciiAlphanumeric(text.charCodeAt(start - 1))) start -= 1
  return start < end - 1 && text[start - 1] === '&' ? start - 1 : end - 1
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

function isLocalPart(code: number): boolean {
  return isAsciiAlphanumeric(code) || code === 43 || code === 45 || code === 46 || code === 95
}
