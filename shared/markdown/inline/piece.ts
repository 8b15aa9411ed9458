import type { Inline } from '../tree'

/**
 * A stretch of the source that is one thing on the page: text, something finished such as a code span, or a marker at
 * which spans begin and end. Pieces follow one another in the source; the tree is built from them in one walk.
 */
export type Piece = {
  readonly start: number
  end: number
  /** Shown as text, between the spans that end here and those that begin here. */
  text: string
  readonly inline: Inline | undefined
  /** Innermost first. */
  readonly opens: readonly Span[]
  readonly closes: readonly Span[]
  /**
   * 0 when nothing that follows can change what this piece is. Otherwise how many characters behind it may do so
   * before the reader takes it for what it looks like.
   */
  reach: number
}

export type Span = {
  readonly type: 'emphasis' | 'strong' | 'strikethrough' | 'link' | 'image'
  readonly url: string
  readonly title: string | undefined
  /** What the markers are as text, where spans are nested too deeply to be spans. */
  readonly opening: string
  readonly closing: string
}

const none: readonly Span[] = []

/** A piece at which spans may begin and end. */
export type MarkerPiece = Piece & { readonly opens: Span[]; readonly closes: Span[] }

type Bounds = { readonly start: number; readonly end: number; readonly reach?: number }

export function textPiece(text: string, { start, end, reach = 0 }: Bounds): Piece {
  return { start, end, text, inline: undefined, opens: none, closes: none, reach }
}

export function inlinePiece(inline: Inline, { start, end, reach = 0 }: Bounds): Piece {
  return { start, end, text: '', inline, opens: none, closes: none, reach }
}

export function markerPiece(text: string, { start, end, reach = 0 }: Bounds): MarkerPiece {
  return { start, end, text, inline: undefined, opens: [], closes: [], reach }
}

/** Whether each of its characters is one in the source, so that the piece can be cut anywhere. */
export function isSourceText(piece: Piece): boolean {
  return (
    piece.inline === undefined &&
    piece.opens.length === 0 &&
    piece.closes.length === 0 &&
    piece.text.length === piece.end - piece.start
  )
}
