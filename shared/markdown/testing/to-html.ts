import type {
  Block,
  Groups,
  Inline,
  List,
  ListItem,
  MarkdownTree,
  Run,
  Table,
  TableRow,
} from '../tree'

/** The HTML of CommonMark’s and GFM’s examples, but for raw HTML, which is text here. */
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
      return `${escape(block.lines.flat().join('\n'))}\n`
    case 'math':
      return `<pre><code class="math">${escape(block.tex)}\n</code></pre>\n`
    case 'code': {
      const kind = block.language === undefined ? '' : ` class="language-${escape(block.language)}"`
      const lines = block.lines.flat().map((line) => `${escape(line)}\n`)
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

function inlinesToHtml(inlines: readonly Inline[]): string {
  return inlines.map(inlineToHtml).join('')
}

const inlineNames = { emphasis: 'em', strong: 'strong', strikethrough: 'del' }

function inlineToHtml(inline: Inline): string {
  switch (inline.type) {
    case 'text':
      return escape(inline.text)
    case 'code':
      return `<code>${escape(inline.text)}</code>`
    case 'emphasis':
    case 'strong':
    case 'strikethrough': {
      const name = inlineNames[inline.type]
      return `<${name}>${inlinesToHtml(inline.children)}</${name}>`
    }
    case 'link':
      return `<a href="${urlToHtml(inline.url)}"${titleToHtml(inline.title)}>${inlinesToHtml(inline.children)}</a>`
    case 'image':
      return `<img src="${urlToHtml(inline.url)}" alt="${escape(inline.alt)}"${titleToHtml(inline.title)} />`
    case 'math':
      return `<code class="math">${escape(inline.tex)}</code>`
    case 'soft-break':
      return '\n'
    case 'hard-break':
      return '<br />\n'
    case 'footnote-reference':
      return `<sup>${inline.number}:${inline.occurrence}</sup>`
  }
}

function titleToHtml(title: string | undefined): string {
  return title === undefined ? '' : ` title="${escape(title)}"`
}

/** What the examples expect of an address; a view leaves that to the browser. */
function urlToHtml(url: string): string {
  const encoded = url.replace(/%(?![0-9a-f]{2})|[^\w\-.!~*'();/?:@&=+$,#%]+/gi, (part) =>
    part === '%' ? '%25' : encodeURIComponent(part),
  )
  return escape(encoded)
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
