import { BlockDraft } from './block-draft'
import { never, type BlockState, type OpenMath } from './block-state'
import { continueLeaf } from './continue-leaf'
import type { Line } from './line-context'
import { LineCursor } from './line-cursor'
import { matchContainers } from './match-containers'
import { startBlocks } from './start-blocks'

/**
 * `held`: what the unfinished line is going to be can’t be told yet. `again`: a formula that was open turned out to
 * be text, so that lines have to be taken again from `lineStart` on.
 */
export type Taken =
  | { readonly status: 'taken'; readonly state: BlockState }
  | { readonly status: 'held' }
  | { readonly status: 'again'; readonly state: BlockState; readonly lineStart: number }

/** Takes a line without its end. Costs what the line is long plus the depth of the open containers. */
export function takeLine(state: BlockState, line: Line): Taken {
  const draft = new BlockDraft(state)
  const cursor = new LineCursor(line.text)
  const { depth, blankDepth } = matchContainers(draft, cursor)
  const context = { draft, cursor, line }
  const isWhole = depth === draft.containers.length
  const outcome = (isWhole ? continueLeaf(context) : undefined) ?? startBlocks(context, depth)
  if (outcome === 'held') return { status: 'held' }
  if (draft.unclosedMath) return againAsText(draft.unclosedMath, line.start)
  return { status: 'taken', state: draft.toState(outcome === 'blank' ? blankDepth : never) }
}

/** Takes the end of the text. */
export function takeEnd(state: BlockState): Taken {
  const draft = new BlockDraft(state)
  draft.closeLeaf()
  draft.closeTo(1)
  if (draft.unclosedMath) return againAsText(draft.unclosedMath, never)
  return { status: 'taken', state: draft.toState() }
}

/**
 * Formulas of this kind do not begin before `until` again: nothing closed the first, so nothing would close them. It
 * also bounds how often a line is taken, to once for each kind and once more.
 */
function againAsText({ fence, opener }: OpenMath, until: number): Taken {
  const { state, lineStart } = opener
  const noMathBefore = { ...state.noMathBefore, [fence]: until }
  return { status: 'again', state: { ...state, noMathBefore }, lineStart }
}
