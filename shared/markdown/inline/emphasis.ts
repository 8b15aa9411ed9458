import type { MarkerPiece, Span } from './piece'

/** A run of markers that may open or close emphasis. */
export type Delimiter = {
  readonly piece: MarkerPiece
  /** `*`, `_` or `~`. */
  readonly marker: string
  /** As written; `count` is what is left of it. */
  readonly length: number
  count: number
  readonly canOpen: boolean
  readonly canClose: boolean
}

type Opener = { readonly delimiter: Delimiter; readonly order: number }

/**
 * Pairs markers as CommonMark’s algorithm does, in time linear in their number, and gives back those that could still
 * open something.
 */
export function pairDelimiters(delimiters: readonly Delimiter[]): readonly Delimiter[] {
  const openers: Opener[] = []
  // Openers up to this order are known not to fit closers of that kind.
  const bottoms = new Map<string, number>()
  delimiters.forEach((closer, order) => {
    while (closer.canClose && closer.count > 0) {
      const index = openerFor(closer, openers, bottoms)
      const opener = openers[index]?.delimiter
      if (opener === undefined) break
      openers.length = index + 1
      pair(opener, closer)
      if (opener.count === 0) openers.pop()
    }
    if (closer.canOpen && closer.count > 0) openers.push({ delimiter: closer, order })
  })
  return openers.map(({ delimiter }) => delimiter)
}

/** Shows an opener that has found no closer as if the text ended with one. */
export function openToEnd(opener: Delimiter): void {
  if (opener.marker === '~') return begin(opener, 2)
  if (opener.count >= 2) begin(opener, 2)
  if (opener.count > 0) begin(opener, 1)
}

function openerFor(
  closer: Delimiter,
  openers: readonly Opener[],
  bottoms: Map<string, number>,
): number {
  const kind = `${closer.marker}${closer.canOpen}${closer.length % 3}`
  const bottom = bottoms.get(kind) ?? -1
  let index = openers.length - 1
  for (; index >= 0; index -= 1) {
    const opener = openers[index]
    if (opener === undefined || opener.order <= bottom) break
    if (fits(opener.delimiter, closer)) return index
  }
  bottoms.set(kind, openers.at(-1)?.order ?? -1)
  return -1
}

function fits(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.marker !== closer.marker) return false
  if (opener.marker === '~') return true
  if (!opener.canClose && !closer.canOpen) return true
  const isMultiple = (opener.length + closer.length) % 3 === 0
  return !isMultiple || (opener.length % 3 === 0 && closer.length % 3 === 0)
}

function pair(opener: Delimiter, closer: Delimiter): void {
  const count = opener.count >= 2 && closer.count >= 2 ? 2 : 1
  const span = spanOf(opener.marker, count)
  take(opener, count)
  take(closer, count)
  opener.piece.opens.push(span)
  closer.piece.closes.push(span)
}

function begin(opener: Delimiter, count: 1 | 2): void {
  take(opener, count)
  opener.piece.opens.push(spanOf(opener.marker, count))
}

function take(delimiter: Delimiter, count: number): void {
  delimiter.count -= count
  delimiter.piece.text = delimiter.piece.text.slice(count)
}

function spanOf(marker: string, count: 1 | 2): Span {
  const markers = marker.repeat(count)
  const type = marker === '~' ? 'strikethrough' : count === 2 ? 'strong' : 'emphasis'
  return { type, url: '', title: undefined, opening: markers, closing: markers }
}
