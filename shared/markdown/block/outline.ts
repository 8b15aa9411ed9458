import { appendChild, containerAt } from './block-draft'
import type { BlockState, Container, Leaf, OpenParagraph } from './block-state'
import { append, emptySequence, type Sequence } from './sequence'
import type { Definition, SourceBlock, SourceFootnote } from './source-block'
import { headerMax } from './undecided'

/** A text’s structure so far. */
export type Outline = {
  readonly blocks: Sequence<SourceBlock>
  readonly footnotes: Sequence<SourceFootnote>
  readonly definitions: Sequence<Definition>
  readonly firstHeadingLevel: number | undefined
}

/** What is closed and, at its end, what is open, as far as it can be told what that is. */
export function outlineOf(state: BlockState): Outline {
  const leaf = state.leaf && openBlock(state.leaf)
  let footnotes = state.footnotes
  let child: Container | SourceBlock | undefined = leaf
  for (let depth = state.containers.length - 1; depth > 0; depth -= 1) {
    const container = containerAt(state.containers, depth)
    const whole: Container = child ? appendChild(container, child) : container
    child = whole.type === 'footnote' ? undefined : whole
    if (whole.type === 'footnote') footnotes = append(footnotes, whole)
  }
  const root = containerAt(state.containers, 0)
  const whole = child ? appendChild(root, child) : root
  const blocks = whole.type === 'document' ? whole.blocks : emptySequence<SourceBlock>()
  const { definitions, firstHeadingLevel } = state
  return { blocks, footnotes, definitions, firstHeadingLevel }
}

function openBlock(leaf: Leaf): SourceBlock | undefined {
  switch (leaf.type) {
    case 'paragraph':
      return openParagraph(leaf)
    case 'math':
      return { type: 'math', key: leaf.key, tex: leaf.tex.trim(), open: true }
    default:
      return leaf.block
  }
}

/** Without what may define a link or be a table’s header. */
function openParagraph({
  key,
  text,
  lastLine,
  definition,
}: OpenParagraph): SourceBlock | undefined {
  const isLabel = definition?.stage === 'label'
  const known = isLabel ? definition.text : text
  const isHeader = known[lastLine.start] === '|' && known.length - lastLine.start <= headerMax
  const shown = isHeader ? known.slice(0, Math.max(0, lastLine.start - 1)) : known
  if (shown === '') return undefined
  return { type: 'paragraph', key, level: 0, text: shown, open: true }
}
