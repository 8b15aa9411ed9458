import type { Block, Groups, List, ListItem, MarkdownTree, Run, Table, TableRow } from '../tree'
import { escapeHtml, inlinesToHtml } from './inline-to-html'

/** What `commonmark` and `micromark` would write, but for raw HTML, which is text here. */
export function toHtml({ blocks, footnotes }: MarkdownTree): string {
  const notes = footnotes.map((note) => `<li>\n${blocksToHtml(note.blocks)}</li>\n`).join('')
  return blocksToHtml(blocks) + (notes === '' ? '' : `<section>\n<ol>\n${notes}</ol>\n</section>\n`)
}

function blocksToHtml(blocks: Groups<Block>): string {
  return blocks.flat().map(blockToHtml).join('')
}

function blockToHtml(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${runsToHtml(block.runs)}</p>\n`
    case 'heading':
      return `<h${block.level}>${runsToHtml(block.runs)}</h${block.level}>\n`
    case 'rule':
      return '<hr />\n'
    case 'quote':
      return `<blockquote>\n${blocksToHtml(block.blocks)}</blockquote>\n`
    case 'list':
      return listToHtml(block)
    case 'table':
      return tableToHtml(block)
    case 'html':
      return `${escapeHtml(block.lines.flat().join('\n'))}\n`
    case 'math':
      return `<math display>${escapeHtml(block.tex)}</math>\n`
    case 'code': {
      const kind =
        block.language === undefined ? '' : ` class="language-${escapeHtml(block.language)}"`
      const lines = block.lines.flat().map((line) => `${escapeHtml(line)}\n`)
      return `<pre><code${kind}>${lines.join('')}</code></pre>\n`
    }
  }
}

function listToHtml({ start, tight, items }: List): string {
  const name = start === undefined ? 'ul' : 'ol'
  const from = start === undefined || start === 1 ? '' : ` start="${start}"`
  const content = items.flat().map((item) => itemToHtml(item, tight))
  return `<${name}${from}>\n${content.join('')}</${name}>\n`
}

function itemToHtml({ checked, blocks }: ListItem, tight: boolean): string {
  const all = blocks.flat()
  const isTask = checked !== undefined
  const box = isTask ? `<input type="checkbox" disabled=""${checked ? ' checked=""' : ''} /> ` : ''
  const parts = all.map((block, index) => {
    const html = blockToHtml(block)
    const content = index === 0 && box ? html.replace(/^(<\w+>)?/, `$1${box}`) : html
    if (!tight || block.type !== 'paragraph') return index === 0 ? `\n${content}` : content
    return content.slice(3, -5) + (index < all.length - 1 ? '\n' : '')
  })
  return `<li>${parts.join('')}</li>\n`
}

function tableToHtml(table: Table): string {
  const rows = table.rows.flat().map((row) => rowToHtml(table, row, 'td'))
  const body = rows.length === 0 ? '' : `<tbody>\n${rows.join('')}</tbody>\n`
  return `<table>\n<thead>\n${rowToHtml(table, table.header, 'th')}</thead>\n${body}</table>\n`
}

function rowToHtml({ alignments }: Table, { cells }: TableRow, name: 'th' | 'td'): string {
  const html = cells.map((cell, index) => {
    const alignment = alignments[index]
    const attribute = alignment === undefined ? '' : ` align="${alignment}"`
    return `<${name}${attribute}>${inlinesToHtml(cell)}</${name}>\n`
  })
  return `<tr>\n${html.join('')}</tr>\n`
}

function runsToHtml(runs: Groups<Run>): string {
  return inlinesToHtml(runs.flat().flatMap((run) => run.inlines))
}
