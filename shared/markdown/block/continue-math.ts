import { isThematicBreak, readFence, readHeading, readListMarker } from './block-starts'
import type { OpenMath } from './block-state'
import { keyOf, type LineContext, type Outcome } from './line-context'
import { findClosing } from './math-fence'
import { addText } from './paragraph'
import { isBlank, trimStart } from './white-space'

/** Takes a line into a formula, or finds out that it is none: a fence that nobody closes must not swallow the text. */
export function continueMath(leaf: OpenMath, context: LineContext): Outcome {
  const { draft, cursor, line } = context
  const end = findClosing(cursor.rest, leaf.fence)
  if (!line.ended) return tryLine(leaf, context, end)
  if (end !== undefined) closeMath(leaf, context, end)
  else if (isNoFormula(leaf, context)) draft.closeLeaf()
  else draft.leaf = { ...withLine(leaf, cursor.rest), lastLineBlank: cursor.blank }
  return 'taken'
}

function tryLine(leaf: OpenMath, context: LineContext, end: number | undefined): Outcome {
  const { draft, cursor } = context
  if (cursor.blank || isNoFormula(leaf, context)) return 'held'
  const shown = cursor.rest.slice(0, end)
  draft.leaf = withLine(leaf, end === undefined ? shown.replace(/[$\\]$/, '') : shown)
  return 'taken'
}

function withLine(leaf: OpenMath, line: string): OpenMath {
  return { ...leaf, tex: leaf.tex === '' ? line : `${leaf.tex}\n${line}` }
}

function closeMath(leaf: OpenMath, context: LineContext, end: number): void {
  const { draft, cursor } = context
  const { tex } = withLine(leaf, cursor.rest.slice(0, end))
  draft.leaf = undefined
  draft.add({ type: 'math', key: leaf.key, tex: tex.trim(), open: false })
  const after = cursor.rest.slice(end + 2)
  const start = after.length - trimStart(after).length
  if (!isBlank(after)) addText(draft, after.slice(start), keyOf(context) + end + 2 + start)
}

/** TeX knows no blank lines in a formula. They are forgiven between lone fences, unless another block follows. */
function isNoFormula(leaf: OpenMath, { cursor }: LineContext): boolean {
  if (cursor.blank) return leaf.inline
  return leaf.lastLineBlank && cursor.indent < 4 && startsBlock(cursor.rest)
}

function startsBlock(rest: string): boolean {
  if (rest.startsWith('>') || readListMarker(rest)) return true
  return Boolean(readHeading(rest) ?? readFence(rest)) || isThematicBreak(rest)
}
