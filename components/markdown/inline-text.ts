import type { Inline } from '@/shared/markdown/tree'

/** The characters that inline content shows. */
export function inlineText(nodes: readonly Inline[]): string {
  return nodes.map(textOf).join('')
}

function textOf(node: Inline): string {
  switch (node.type) {
    case 'text':
    case 'code':
      return node.text
    case 'emphasis':
    case 'strong':
    case 'strikethrough':
    case 'link':
      return inlineText(node.children)
    case 'image':
      return node.alt
    case 'math':
      return node.tex
    case 'soft-break':
      return ' '
    case 'hard-break':
      return '\n'
    case 'footnote-reference':
      return ''
  }
}
