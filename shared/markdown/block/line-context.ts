import type { BlockDraft } from './block-draft'
import type { LineCursor } from './line-cursor'

export type Line = {
  readonly text: string
  /** Where it begins in the source. */
  readonly start: number
  /** Whether it has ended. One that has not is only tried. */
  readonly ended: boolean
}

export type LineContext = {
  readonly draft: BlockDraft
  readonly cursor: LineCursor
  readonly line: Line
}

/** `held`: what the unfinished line is going to be can’t be told yet. */
export type Outcome = 'taken' | 'blank' | 'held'

/** Where the next character of the line stands in the source. */
export function keyOf({ cursor, line }: LineContext): number {
  return line.start + cursor.nextOffset
}
