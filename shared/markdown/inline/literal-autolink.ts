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
import { inlinePiece, textPiece } from './piece'
import { push, touchesEnd, type Scan } from './scan'

const reach = 1_000
const domainLengthMax = 253

/** Reads a web address at whose `:` or first `w` the scan is, as GFM does, or passes over the character. */
export function readWebAddress(scan: Scan): void {
  const { text, position } = scan
  const isWww = text[position] !== ':'
  const start = isWww ? wwwStart(scan) : schemeStart(scan)
  if (start === undefined || start < scan.textStart) return passOver(scan, position + 1)
  const domain = position + (isWww ? 4 : 3)
  const domainEnd = endOfDomain(scan, domain)
  if (!isDomainName(text, domain, domainEnd)) return waitFor(scan, start, domainEnd)
  const limit = isCjk(codePointAt(text, domainEnd)) ? domainEnd : endOfAddress(text, domainEnd)
  scan.cost += limit - start
  const end = trimAddress(text, domain, limit)
  if (end <= domain) return waitFor(scan, start, limit)
  pushLiteral(scan, { start, end, limit, prefix: isWww ? 'http://' : '' })
}

/** Reads a mail address at whose `@` the scan is, or passes over it. */
export function readMailAddress(scan: Scan): void {
  const { text, position } = scan
  let start = position
  while (start > scan.textStart && isLocalPart(text.charCodeAt(start - 1))) start -= 1
  scan.cost += position - start
  if (start === position || text[start - 1] === '/') return passOver(scan, position + 1)
  const host = /@(?:[A-Za-z0-9_-]|\.(?!\.|$))*\.?/y
  host.lastIndex = position
  const limit = position + (host.exec(text)?.[0].length ?? 0)
  const end = text[limit - 1] === '.' ? limit - 1 : limit
  const isHost =
    isAsciiLetter(text.charCodeAt(end - 1)) && /^@[^.]+\./.test(text.slice(position, end))
  if (isHost) pushLiteral(scan, { start, end, limit, prefix: 'mailto:' })
  else waitFor(scan, start, limit)
}

/** What is no address may become one by what follows its name. */
function waitFor(scan: Scan, start: number, limit: number): void {
  const end = scan.position + 1
  if (!touchesEnd(scan, limit)) return passOver(scan, end)
  push(scan, textPiece(scan.text.slice(start, end), { start, end, reach }))
}

function passOver(scan: Scan, end: number): void {
  scan.position = end
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

function wwwStart({ text, position }: Scan): number | undefined {
  const isWww = text[position + 3] === '.' && /^www$/i.test(text.slice(position, position + 3))
  if (!isWww) return undefined
  const before = codePointBefore(text, position)
  const isBeginning =
    isWhiteSpace(before) || isCjk(before) || '*_~()[]'.includes(text[position - 1] ?? '')
  return isBeginning ? position : undefined
}

/** Behind what may be a host’s name. A wide character ends it, as no space does in Chinese. */
function endOfDomain(scan: Scan, start: number): number {
  const { text, domain } = scan
  const last = start + domainLengthMax
  let end = domain.start <= start && start < domain.end ? domain.end : start
  const known = end
  while (end <= last && isDomain(text, end)) end += 1
  scan.domain = { start, end }
  scan.cost += end - known
  return end
}

/** GFM lets no underscore stand in the last two parts of a name. One behind it is punctuation. */
function isDomainName(text: string, start: number, end: number): boolean {
  if (end === start || text[start] === '.' || end - start > domainLengthMax) return false
  const trailing = /[?!.,:*_~'");]*(?:[\s<]|$)/y
  let last = end
  while (last > start && /[._]/.test(text[last - 1] ?? '')) last -= 1
  trailing.lastIndex = last
  const domain = text.slice(start, trailing.test(text) ? last : end)
  return domain !== '' && !/_[^.]*(?:\.[^.]*)?$/.test(domain)
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
