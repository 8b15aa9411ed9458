import { depthMax } from './block-draft'
import type { OpenParagraph } from './block-state'
import { keyOf, type LineContext, type Outcome } from './line-context'
import { addText } from './paragraph'
import { append } from './sequence'
import { startContainer } from './start-container'
import { startLeaf } from './start-leaf'
import { fitCells, splitCells } from './table-row'
import { isUndecided } from './undecided'

/** A place in a line where a block may begin. */
export type Place = LineContext & {
  /** How many of the open containers it stands in. */
  readonly depth: number
  /** The open paragraph that the line would go on with. */
  readonly paragraph: OpenParagraph | undefined
}

/** Opens what begins on the line, and takes the rest of it as text. `depth`: of the containers it belongs to. */
export function startBlocks(context: LineContext, depth: number): Outcome {
  const { draft, cursor, line } = context
  let place = placeAt(context, depth)
  while (!cursor.blank) {
    if (!line.ended && isUndecided(place)) return 'held'
    if (startLeaf(place)) return 'taken'
    if (place.depth >= depthMax || !startContainer(place)) return takeText(place)
    place = placeAt(context, draft.containers.length)
  }
  if (!line.ended) return 'held'
  return place.depth === depth ? takeBlank(place) : 'taken'
}

function placeAt(context: LineContext, depth: number): Place {
  const { leaf, containers } = context.draft
  const goesOn = leaf?.type === 'paragraph' && depth === containers.length
  return { ...context, depth, paragraph: goesOn ? leaf : undefined }
}

function takeBlank({ draft, depth }: Place): Outcome {
  draft.closeTo(depth)
  draft.closeLeaf()
  return 'blank'
}

function takeText(place: Place): Outcome {
  const { draft, cursor, depth } = place
  // A paragraph goes on even where the markers of its containers are missing.
  if (draft.leaf?.type !== 'paragraph') draft.closeTo(depth)
  if (draft.leaf?.type === 'table') takeRow(place)
  else addText(draft, cursor.rest, keyOf(place))
  return 'taken'
}

function takeRow(place: Place): void {
  const { draft, cursor, line } = place
  if (draft.leaf?.type !== 'table') return
  const { block } = draft.leaf
  const written = splitCells(cursor.rest)
  const cells = fitCells(written, block.alignments.length)
  const isOpen = !line.ended && !cursor.rest.endsWith('|')
  const row = { key: keyOf(place), cells, openCell: isOpen ? written.length - 1 : undefined }
  draft.leaf = { type: 'table', block: { ...block, rows: append(block.rows, row) } }
}
