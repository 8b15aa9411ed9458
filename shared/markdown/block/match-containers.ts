import type { BlockDraft } from './block-draft'
import { never, type Container } from './block-state'
import type { LineCursor } from './line-cursor'
import { sequenceLength } from './sequence'

export type Match = {
  /** How many of the open containers the line belongs to. */
  readonly depth: number
  /** From which depth on the line is blank, if nothing more is on it: a quote’s marker is something to those around. */
  readonly blankDepth: number
}

/** Passes what a line begins with because of the containers it belongs to. */
export function matchContainers(draft: BlockDraft, cursor: LineCursor): Match {
  let blankDepth = 0
  for (const [depth, container] of draft.containers.entries()) {
    const isLast = depth === draft.containers.length - 1 && draft.leaf === undefined
    const isNew = isLast && draft.before.blankDepth === never
    if (!continues({ container, cursor, isNew })) return { depth, blankDepth }
    if (container.type === 'quote') blankDepth = depth + 1
  }
  return { depth: draft.containers.length, blankDepth }
}

type Candidate = {
  readonly container: Container
  readonly cursor: LineCursor
  /** Whether the line before opened it, if it is empty. */
  readonly isNew: boolean
}

function continues({ container, cursor, isNew }: Candidate): boolean {
  switch (container.type) {
    case 'document':
    case 'list':
      return true
    case 'quote':
      return passQuoteMarker(cursor)
    case 'item':
      // An item may begin with one blank line, but not with two.
      if (cursor.blank && isNew && sequenceLength(container.blocks) === 0) return false
      return passIndent(cursor, container.indent)
    case 'footnote':
      return passIndent(cursor, 4)
  }
}

export function passQuoteMarker(cursor: LineCursor): boolean {
  if (cursor.indent >= 4 || cursor.next !== '>') return false
  cursor.skip(1)
  cursor.skipIndent(1)
  return true
}

function passIndent(cursor: LineCursor, columns: number): boolean {
  if (!cursor.blank && cursor.indent < columns) return false
  cursor.skipIndent(columns)
  return true
}
