import { createMarkdownReader } from '@/shared/markdown/markdown-reader'
import type { Block, Groups, Inline, List, ListItem, TableRow } from '@/shared/markdown/tree'

/** What a Markdown text says, without its signs: as one would type it into a letter. */
export function plainText(markdown: string): string {
  const { blocks, footnotes } = createMarkdownReader().read(markdown, { streaming: false })
  const notes = footnotes.map(({ number, blocks: note }) => `[${number}] ${textOfBlocks(note)}`)
  return [textOfBlocks(blocks), ...notes].join('\n\n').trim()
}

/** What there is to read out, block by block. Code and formulas are for the eye. */
export function spokenTexts(markdown: string): string[] {
  const { blocks } = createMarkdownReader().read(markdown, { streaming: false })
  return blocks
    .flat()
    .flatMap(spokenOf)
    .filter((text) => /[\p{L}\p{N}]/u.test(text))
}

function textOfBlocks(blocks: Groups<Block>, between = '\n\n'): string {
  return blocks.flat().map(textOfBlock).join(between)
}

function textOfBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return textOfInlines(block.runs.flat().flatMap(({ inlines }) => inlines))
    case 'code':
    case 'html':
      return block.lines.flat().join('\n')
    case 'math':
      return block.tex
    case 'quote':
      return indented('> ', textOfBlocks(block.blocks), '> ')
    case 'list':
      return textOfList(block)
    case 'table':
      return [block.header, ...block.rows.flat()].map((row) => textOfRow(row, '\t')).join('\n')
    case 'rule':
      return '———'
  }
}

function textOfList({ items, start, tight }: List): string {
  const texts = items.flat().map((item, index) => {
    const sign = start === undefined ? '• ' : `${start + index}. `
    return indented(sign + taskSign(item), textOfBlocks(item.blocks, tight ? '\n' : '\n\n'))
  })
  return texts.join(tight ? '\n' : '\n\n')
}

function taskSign({ checked }: ListItem): string {
  if (checked === undefined) return ''
  return checked ? '☑ ' : '☐ '
}

function indented(first: string, text: string, others = ' '.repeat(first.length)): string {
  const [line = '', ...more] = text.split('\n')
  return [first + line, ...more.map((next) => (next === '' ? '' : others + next))].join('\n')
}

function textOfRow({ cells }: TableRow, between: string): string {
  return cells.map((cell) => textOfInlines(cell).trim()).join(between)
}

function textOfInlines(inlines: readonly Inline[]): string {
  return inlines.map(textOfInline).join('')
}

function textOfInline(inline: Inline): string {
  switch (inline.type) {
    case 'text':
    case 'code':
      return inline.text
    case 'emphasis':
    case 'strong':
    case 'strikethrough':
      return textOfInlines(inline.children)
    case 'link':
      return withAddress(textOfInlines(inline.children), inline.url)
    case 'image':
      return inline.alt
    case 'math':
      return inline.tex
    case 'soft-break':
    case 'hard-break':
      return '\n'
    case 'footnote-reference':
      return `[${inline.number}]`
  }
}

function withAddress(text: string, url: string): string {
  return /^https?:/.test(url) && !url.includes(text) ? `${text} (${url})` : text
}

function spokenOf(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return [spokenInlines(block.runs.flat().flatMap(({ inlines }) => inlines))]
    case 'quote':
      return block.blocks.flat().flatMap(spokenOf)
    case 'list':
      return block.items.flat().flatMap(({ blocks }) => blocks.flat().flatMap(spokenOf))
    case 'table':
      return [block.header, ...block.rows.flat()].map(({ cells }) =>
        cells.map(spokenInlines).join(', '),
      )
    case 'code':
    case 'html':
    case 'math':
    case 'rule':
      return []
  }
}

function spokenInlines(inlines: readonly Inline[]): string {
  return inlines.map(spokenInline).join('')
}

function spokenInline(inline: Inline): string {
  if ('children' in inline) return spokenInlines(inline.children)
  if (inline.type === 'soft-break' || inline.type === 'hard-break') return ' '
  return inline.type === 'footnote-reference' ? '' : textOfInline(inline)
}
