import type { Inline } from '../tree'
import { buildInlines } from './build-inlines'
import { closeHalfOpen } from './half-open'
import { readPieces } from './read-pieces'
import type { References } from './references'
import { wholeCharacters } from './scan'

type Options = {
  readonly references: References
  /** Whether more text may follow. */
  readonly open: boolean
}

/** Reads a short text, such as a table’s cell, in one go. */
export function parseInline(source: string, { references, open }: Options): readonly Inline[] {
  const text = open ? wholeCharacters(source) : source
  const scan = readPieces({ text, start: 0, references, open })
  const hiddenFrom = closeHalfOpen(scan)
  const pieces = scan.pieces.filter((piece) => piece.start < hiddenFrom)
  return buildInlines(pieces)
}
