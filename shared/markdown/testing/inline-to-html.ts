import type { Inline } from '../tree'

/** What `commonmark` and `micromark` would write, so that trees can be held against them. */
export function inlinesToHtml(inlines: readonly Inline[]): string {
  return inlines.map(inlineToHtml).join('')
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function inlineToHtml(inline: Inline): string {
  switch (inline.type) {
    case 'text':
      return escapeHtml(inline.text)
    case 'code':
      return `<code>${escapeHtml(inline.text)}</code>`
    case 'emphasis':
      return `<em>${inlinesToHtml(inline.children)}</em>`
    case 'strong':
      return `<strong>${inlinesToHtml(inline.children)}</strong>`
    case 'strikethrough':
      return `<del>${inlinesToHtml(inline.children)}</del>`
    case 'link':
      return `<a href="${urlToHtml(inline.url)}"${titleToHtml(inline.title)}>${inlinesToHtml(inline.children)}</a>`
    case 'image':
      return `<img src="${urlToHtml(inline.url)}" alt="${escapeHtml(inline.alt)}"${titleToHtml(inline.title)} />`
    case 'math':
      return `<math${inline.display ? ' display' : ''}>${escapeHtml(inline.tex)}</math>`
    case 'soft-break':
      return '\n'
    case 'hard-break':
      return '<br />\n'
    case 'footnote-reference':
      return `<sup>${inline.number}.${inline.occurrence}</sup>`
  }
}

/** Encodes what has no place in an address and leaves what is encoded. */
function urlToHtml(url: string): string {
  const encoded = url.replace(/%(?![0-9a-fA-F]{2})|[^\w\-.~!*'();:@&=+$,/?#%]/gu, (character) =>
    /[\ud800-\udfff]/.test(character) && character.length === 1
      ? '%EF%BF%BD'
      : encodeURIComponent(character),
  )
  return escapeHtml(encoded)
}

function titleToHtml(title: string | undefined): string {
  return title === undefined ? '' : ` title="${escapeHtml(title)}"`
}
