import type { Finders } from './finders'

/** Where raw HTML ends; `open` when the text ends first. */
export type HtmlTagEnd = number | 'open' | undefined

const space = '[ \\t]*(?:\\n[ \\t]*)?'
const someSpace = '(?:[ \\t]+(?:\\n[ \\t]*)?|\\n[ \\t]*)'
const value = `(?:[^\\s"'=<>\`]+|'[^']*'|"[^"]*")`
const attribute = `${someSpace}[a-zA-Z_:][a-zA-Z0-9_.:-]*(?:${space}=${space}${value})?`
const opening = new RegExp(`<[a-zA-Z][a-zA-Z0-9-]*(?:${attribute})*${space}/?>`, 'y')
const closing = new RegExp(`</[a-zA-Z][a-zA-Z0-9-]*${space}>`, 'y')

// What a tag looks like while it is being written: the same, up to any point.
const half = new RegExp(
  `</?(?:[a-zA-Z][a-zA-Z0-9-]*(?:${attribute})*${space}` +
    `(?:/|(?:${someSpace}[a-zA-Z_:][a-zA-Z0-9_.:-]*${space}(?:=${space}(?:[^\\s"'=<>\`]*|'[^']*|"[^"]*))?))?)?$`,
  'y',
)

/** Reads the tag, comment, instruction, declaration or section that begins with the `<` at `start`. */
export function readHtmlTag(text: string, start: number, finders: Finders): HtmlTagEnd {
  const next = text[start + 1]
  if (next === undefined) return 'open'
  if (next === '!') return readDeclaration(text, start, finders)
  if (next === '?') return behind(finders.instruction(start + 2), 2)
  if (!/[a-zA-Z/]/.test(next)) return undefined
  const tag = next === '/' ? closing : opening
  tag.lastIndex = start
  const match = tag.exec(text)
  if (match) return start + match[0].length
  half.lastIndex = start
  return half.test(text) ? 'open' : undefined
}

function readDeclaration(text: string, start: number, finders: Finders): HtmlTagEnd {
  const rest = text.slice(start + 2, start + 9)
  if (rest === '' || rest === '-') return 'open'
  if (/^-->|^--->/.test(rest)) return text.indexOf('>', start) + 1
  if (rest.startsWith('--')) return behind(finders.comment(start + 4), 3)
  if (rest === '[CDATA[') return behind(finders.section(start + 9), 3)
  if ('[CDATA['.startsWith(rest)) return 'open'
  return /^[a-zA-Z]/.test(rest) ? behind(finders.declaration(start + 2), 1) : undefined
}

function behind(found: number, length: number): HtmlTagEnd {
  return found < 0 ? 'open' : found + length
}
