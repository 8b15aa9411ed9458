import { containerAt } from './block-draft'
import { readFootnoteStart, readListMarker, type ListMarker } from './block-starts'
import { keyOf } from './line-context'
import { passQuoteMarker } from './match-containers'
import { emptySequence } from './sequence'
import type { Place } from './start-blocks'
import { isBlank } from './white-space'

/** Opens the quote, list item or footnote that begins here. */
export function startContainer(place: Place): boolean {
  if (place.cursor.indent >= 4) return false
  return startQuote(place) || startItem(place) || startFootnote(place)
}

function startQuote(place: Place): boolean {
  const { draft, cursor, depth } = place
  const key = keyOf(place)
  if (!passQuoteMarker(cursor)) return false
  draft.closeTo(depth)
  draft.open({ type: 'quote', key, blocks: emptySequence() })
  return true
}

function startFootnote(place: Place): boolean {
  const { draft, cursor, depth } = place
  const start = readFootnoteStart(cursor.rest)
  if (!start) return false
  draft.closeTo(depth)
  draft.open({
    type: 'footnote',
    key: keyOf(place),
    label: start.label,
    blocks: emptySequence(),
  })
  cursor.skip(start.length)
  cursor.skipIndent(cursor.indent)
  return true
}

function startItem(place: Place): boolean {
  const { draft, cursor, depth } = place
  const marker = readListMarker(cursor.rest)
  if (!marker || (place.paragraph && !mayInterrupt(marker, cursor.rest))) return false
  draft.closeTo(depth)
  openList(place, marker)
  const key = keyOf(place)
  const indent = passMarker(place, marker)
  draft.open({ type: 'item', key, checked: undefined, blocks: emptySequence(), indent })
  return true
}

/** Otherwise a number or a dash that happens to begin a line of a paragraph would make a list. */
function mayInterrupt({ text, start }: ListMarker, rest: string): boolean {
  return !isBlank(rest.slice(text.length)) && (start === undefined || start === 1)
}

function openList(place: Place, marker: ListMarker): void {
  const { draft, depth } = place
  const open = containerAt(draft.containers, depth - 1)
  if (open.type === 'list' && open.marker === marker.kind) return
  const { start, kind } = marker
  const list = { start, marker: kind, tight: true, items: emptySequence<never>() }
  draft.open({ type: 'list', key: keyOf(place), ...list })
}

/** How many columns the item’s lines have to be indented. */
function passMarker({ cursor }: Place, { text }: ListMarker): number {
  const before = cursor.indent
  cursor.skip(text.length)
  const isCode = cursor.indent > 4
  const space = cursor.blank || isCode ? 1 : cursor.indent
  cursor.skipIndent(space)
  return before + text.length + space
}
