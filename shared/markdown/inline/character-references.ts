import { namedCharacter } from './character-names'

const reference = /&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});/y

export type CharacterReference = { readonly text: string; readonly end: number }

/** The character reference that begins with the `&` at `start`, if it is a valid one. */
export function readCharacterReference(
  text: string,
  start: number,
): CharacterReference | undefined {
  reference.lastIndex = start
  const source = reference.exec(text)?.[0]
  if (source === undefined) return undefined
  const decoded = source[1] === '#' ? decodeNumber(source) : namedCharacter(source)
  return decoded === undefined ? undefined : { text: decoded, end: start + source.length }
}

/** Without backslash escapes and character references, as in a link’s address and title. */
export function unescapeText(text: string): string {
  if (!text.includes('\\') && !text.includes('&')) return text
  return text.replace(/\\([!-/:-@[-`{-~])|&(?:#\w{1,7}|\w{2,32});/g, (source, escaped?: string) =>
    escaped === undefined ? (readCharacterReference(source, 0)?.text ?? source) : escaped,
  )
}

function decodeNumber(source: string): string {
  const hexadecimal = /^&#x/i.test(source)
  const codePoint = Number.parseInt(source.slice(hexadecimal ? 3 : 2), hexadecimal ? 16 : 10)
  const isCharacter =
    codePoint > 0 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff)
  return isCharacter ? String.fromCodePoint(codePoint) : '\ufffd'
}
