import { unescapeText } from './character-references'

export type Target = {
  readonly url: string
  readonly title: string | undefined
  readonly end: number
}

/** `open` when the text ends before it is known whether there is one. */
export type TargetReading = Target | 'open' | undefined

const parenthesesMax = 32

/** Reads a link’s address and title, from behind the `(` up to its `)`. */
export function readInlineTarget(text: string, start: number): TargetReading {
  const begin = skipSpace(text, start)
  const addressEnd = text[begin] === '<' ? endOfAngled(text, begin) : endOfBare(text, begin)
  if (addressEnd === undefined || addressEnd >= text.length) return ended(addressEnd)
  const source =
    text[begin] === '<' ? text.slice(begin + 1, addressEnd - 1) : text.slice(begin, addressEnd)
  const url = unescapeText(source)
  const next = skipSpace(text, addressEnd)
  if (text[next] === ')') return { url, title: undefined, end: next + 1 }
  if (next >= text.length) return 'open'
  if (next === addressEnd) return undefined
  const titleEnd = endOfTitle(text, next)
  if (titleEnd === undefined || titleEnd >= text.length) return ended(titleEnd)
  const end = skipSpace(text, titleEnd)
  if (end >= text.length) return 'open'
  if (text[end] !== ')') return undefined
  return { url, title: unescapeText(text.slice(next + 1, titleEnd - 1)), end: end + 1 }
}

/** The label between the `[` at `start` and its `]`. */
export function readLabel(
  text: string,
  start: number,
): { label: string; end: number } | 'open' | undefined {
  const pattern = /\[((?:[^\\[\]]|\\[^])*)(\]?)/y
  pattern.lastIndex = start
  // 999 is CommonMark’s limit of a label.
  const match = pattern.exec(text.length - start > 1_001 ? text.slice(0, start + 1_001) : text)
  if (!match) return undefined
  const end = start + match[0].length
  if (match[2] === '') return end >= text.length || text.slice(end) === '\\' ? 'open' : undefined
  return { label: match[1] ?? '', end }
}

function ended(end: number | undefined): 'open' | undefined {
  return end === undefined ? undefined : 'open'
}

function skipSpace(text: string, start: number): number {
  let position = start
  while (/[ \t\n]/.test(text[position] ?? '')) position += 1
  return position
}

/** Behind the `>`; the text’s end if it comes first, nothing if there is no such address. */
function endOfAngled(text: string, start: number): number | undefined {
  for (let position = start + 1; position < text.length; position += 1) {
    const character = text[position]
    if (character === '>') return position + 1
    if (character === '<' || character === '\n') return undefined
    if (character === '\\') position += 1
  }
  return text.length
}

function endOfBare(text: string, start: number): number | undefined {
  let depth = 0
  for (let position = start; position < text.length; position += 1) {
    const code = text.charCodeAt(position)
    if (code <= 32 || code === 127) return depth === 0 ? position : undefined
    if (code === 92 && /[!-/:-@[-`{-~]/.test(text[position + 1] ?? '')) position += 1
    else if (code === 40 && (depth += 1) > parenthesesMax) return undefined
    else if (code === 41 && (depth -= 1) < 0) return position
  }
  return text.length
}

function endOfTitle(text: string, start: number): number | undefined {
  const opening = text[start] ?? ''
  const closing = opening === '(' ? ')' : opening
  if (!/["'(]/.test(opening)) return undefined
  for (let position = start + 1; position < text.length; position += 1) {
    const character = text[position]
    if (character === closing) return position + 1
    if (character === '(' && opening === '(') return undefined
    if (character === '\\') position += 1
  }
  return text.length
}
