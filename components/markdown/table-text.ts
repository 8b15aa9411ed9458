import type { Alignment, Inline, Table, TableRow } from '@/shared/markdown/tree'
import { inlineText } from './inline-text'

/** The table as one writes it in Markdown: what it is parsed to is the same table again. */
export function tableMarkdown({ header, alignments, rows }: Table): string {
  const lines = [header, ...rows.flat()].map(markdownRow)
  const [first = '', ...others] = lines
  return [first, `| ${alignments.map(delimiter).join(' | ')} |`, ...others].join('\n')
}

/** The table’s text with commas between cells, after RFC 4180. */
export function tableCsv({ header, rows }: Table): string {
  return [header, ...rows.flat()].map(csvRow).join('\r\n')
}

function csvRow({ cells }: TableRow): string {
  return cells.map((cell) => csvField(inlineText(cell).trim())).join(',')
}

/** A spreadsheet takes what begins so for a formula; an apostrophe before it says that it is text. */
const formula = /^[=+\-@\t\r]/
const signedNumber = /^[+-]\s?[\d.,]+\s?%?$/

function csvField(text: string): string {
  const inert = formula.test(text) && !signedNumber.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

function markdownRow({ cells }: TableRow): string {
  return `| ${cells.map((cell) => cell.map(markdownOf).join('').trim()).join(' | ')} |`
}

function delimiter(alignment: Alignment): string {
  switch (alignment) {
    case 'left':
      return ':--'
    case 'right':
      return '--:'
    case 'center':
      return ':-:'
    case undefined:
      return '---'
  }
}

function markdownOf(node: Inline): string {
  switch (node.type) {
    case 'text':
      return escaped(node.text)
    case 'code':
      return barsEscaped(inTicks(node.text))
    case 'emphasis':
      return `*${node.children.map(markdownOf).join('')}*`
    case 'strong':
      return `**${node.children.map(markdownOf).join('')}**`
    case 'strikethrough':
      return `~~${node.children.map(markdownOf).join('')}~~`
    case 'link':
      return `[${node.children.map(markdownOf).join('')}](${destination(node)})`
    case 'image':
      return `![${escaped(node.alt)}](${destination(node)})`
    case 'math':
      return barsEscaped(node.display ? `$$${node.tex}$$` : `$${node.tex}$`)
    case 'soft-break':
      return ' '
    case 'hard-break':
      return '<br>'
    case 'footnote-reference':
      return `[^${node.label}]`
  }
}

type Destination = { url: string; title: string | undefined }

function destination({ url, title }: Destination): string {
  const address = barsEscaped(`<${url.replaceAll(/[\\<>]/g, '\\$&')}>`)
  return title === undefined ? address : `${address} "${escaped(title).replaceAll('"', '\\"')}"`
}

/**
 * Only what would mean something: no underscore inside of a word, no ampersand but before a reference, and no bracket but
 * before an address, for a backslash before brackets is how a formula begins.
 */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*<~$|]/g, '\\$&')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replaceAll(/&(?=#?\w+;)|\](?=[([])/g, '\\$&')
}

function barsEscaped(text: string): string {
  return text.replaceAll('|', '\\|')
}

function inTicks(code: string): string {
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map((ticks) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const space = /^`|`$|^ .* $/.test(code) ? ' ' : ''
  return `${fence}${space}${code}${space}${fence}`
}
