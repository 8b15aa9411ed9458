import type { Leaf, OpenParagraph } from './block-state'
import { endDefinition } from './link-definition'
import type { Definition, SourceBlock, SourceText } from './source-block'

export type ClosedLeaf = {
  readonly blocks: readonly SourceBlock[]
  readonly definition?: Definition | undefined
}

/** What an open block of text leaves behind. A formula that is not closed leaves nothing: it is read again as text. */
export function closeLeaf(leaf: Leaf): ClosedLeaf {
  switch (leaf.type) {
    case 'paragraph':
      return closeParagraph(leaf)
    case 'fenced':
    case 'indented':
      return { blocks: [{ ...leaf.block, open: false }] }
    case 'math':
      return { blocks: [] }
    case 'html':
    case 'table':
      return { blocks: [leaf.block] }
  }
}

function closeParagraph({ key, text, definition: scan }: OpenParagraph): ClosedLeaf {
  if (!scan) return { blocks: text === '' ? [] : [paragraph(key, text)] }
  const { definition, text: rest } = endDefinition(scan)
  return { blocks: rest ? [paragraph(rest.key, rest.text)] : [], definition }
}

export function paragraph(key: number, text: string): SourceText {
  return { type: 'paragraph', key, level: 0, text, open: false }
}
