import type { FencedCode, IndentedCode, OpenHtml } from './block-state'
import { closesFence, lengthOfRun } from './block-starts'
import { continueMath } from './continue-math'
import type { LineContext, Outcome } from './line-context'
import { append, emptySequence, type Sequence } from './sequence'

/** Takes a line into the open block if that takes lines as they are; nothing if it does not, or ends before. */
export function continueLeaf(context: LineContext): Outcome | undefined {
  const { leaf } = context.draft
  switch (leaf?.type) {
    case 'fenced':
      return continueFenced(leaf, context)
    case 'indented':
      return continueIndented(leaf, context)
    case 'html':
      return continueHtml(leaf, context)
    case 'math':
      return continueMath(leaf, context)
    default:
      return undefined
  }
}

function continueFenced(leaf: FencedCode, { draft, cursor, line }: LineContext): Outcome {
  const isFence = cursor.indent < 4 && closesFence(cursor.rest, leaf.fence)
  if (!line.ended && (cursor.blank || isFence || isHalfFence(leaf.fence, cursor.rest))) {
    return 'held'
  }
  if (isFence) draft.closeLeaf()
  else {
    cursor.skipIndent(leaf.indent)
    draft.leaf = { ...leaf, block: withLine(leaf.block, cursor.remainder) }
  }
  return 'taken'
}

function isHalfFence(fence: string, rest: string): boolean {
  return rest.length < fence.length && lengthOfRun(rest, fence.charAt(0)) === rest.length
}

function continueIndented(leaf: IndentedCode, context: LineContext): Outcome | undefined {
  const { draft, cursor, line } = context
  if (!cursor.blank && cursor.indent < 4) return undefined
  if (cursor.blank && !line.ended) return 'held'
  cursor.skipIndent(4)
  if (cursor.blank) {
    draft.leaf = { ...leaf, blanks: append(leaf.blanks, cursor.remainder) }
    return 'blank'
  }
  const lines = appendAll(leaf.block.lines, leaf.blanks)
  const block = withLine({ ...leaf.block, lines }, cursor.remainder)
  draft.leaf = { ...leaf, block, blanks: emptySequence() }
  return 'taken'
}

function appendAll<Item>(sequence: Sequence<Item>, added: Sequence<Item>): Sequence<Item> {
  return [...added.full.flat(), ...added.last].reduce(append, sequence)
}

function continueHtml(leaf: OpenHtml, { draft, cursor, line }: LineContext): Outcome | undefined {
  if (cursor.blank && !line.ended) return 'held'
  if (cursor.blank && !leaf.end) return undefined
  draft.leaf = { ...leaf, block: withLine(leaf.block, cursor.remainder) }
  if (line.ended && leaf.end?.test(line.text)) draft.closeLeaf()
  return 'taken'
}

function withLine<Block extends { readonly lines: Sequence<string> }>(block: Block, line: string) {
  return { ...block, lines: append(block.lines, line) }
}
