import { ownText } from '../own-text'
import type { Image, Inline } from '../tree'
import type { Piece, Span } from './piece'

/** Deeper spans are text, so that no view has to go deeper. */
const depthMax = 100

type Frame = { readonly span: Span | undefined; readonly children: Inline[] }

type Building = { readonly frames: Frame[]; links: number }

/** Makes the tree of some pieces, whose spans all begin and end among them or go on to the end of the text. */
export function buildInlines(pieces: readonly Piece[]): readonly Inline[] {
  const root: Inline[] = []
  const building: Building = { frames: [{ span: undefined, children: root }], links: 0 }
  for (const piece of pieces) addPiece(building, piece)
  while (building.frames.length > 1) close(building, '')
  return root
}

/** Puts sequences one behind the other, as if they had been read as one. */
export function joinInlines(
  first: readonly Inline[],
  second: readonly Inline[],
): readonly Inline[] {
  if (first.length === 0) return second
  const result = [...first]
  for (const inline of second) add(result, inline)
  return result
}

function addPiece(building: Building, piece: Piece): void {
  for (const span of piece.closes) close(building, span.closing)
  if (piece.text !== '') add(childrenOf(building), { type: 'text', text: ownText(piece.text) })
  if (piece.inline) addInline(building, piece.inline)
  for (let index = piece.opens.length - 1; index >= 0; index -= 1) {
    const span = piece.opens[index]
    if (span) open(building, span)
  }
}

function open(building: Building, span: Span): void {
  const children = childrenOf(building)
  if (span.type === 'link') building.links += 1
  if (building.frames.length <= depthMax) return void building.frames.push({ span, children: [] })
  add(children, { type: 'text', text: span.opening })
  building.frames.push({ span, children })
}

function close(building: Building, closing: string): void {
  const frame = building.frames.pop()
  const span = frame?.span
  if (frame === undefined || span === undefined) return
  if (span.type === 'link') building.links -= 1
  const children = childrenOf(building)
  if (frame.children === children) add(children, { type: 'text', text: closing })
  else if (span.type === 'image') add(children, imageOf(span, frame.children))
  else if (span.type === 'link') {
    add(children, { type: 'link', url: span.url, title: span.title, children: frame.children })
  } else if (frame.children.length > 0) add(children, { type: span.type, children: frame.children })
}

function childrenOf({ frames }: Building): Inline[] {
  return frames.at(-1)?.children ?? []
}

function addInline(building: Building, inline: Inline): void {
  const children = childrenOf(building)
  // Links hold no links.
  if (inline.type === 'link' && building.links > 0) {
    for (const child of inline.children) add(children, child)
  } else add(children, inline)
}

function add(children: Inline[], inline: Inline): void {
  const last = children.at(-1)
  if (inline.type === 'text' && last?.type === 'text') {
    children[children.length - 1] = { type: 'text', text: last.text + inline.text }
  } else children.push(inline)
}

function imageOf(span: Span, children: readonly Inline[]): Image {
  return { type: 'image', url: span.url, title: span.title, alt: plainText(children) }
}

function plainText(inlines: readonly Inline[]): string {
  return inlines.map(plainTextOf).join('')
}

function plainTextOf(inline: Inline): string {
  switch (inline.type) {
    case 'text':
    case 'code':
      return inline.text
    case 'math':
      return inline.tex
    case 'image':
      return inline.alt
    case 'soft-break':
    case 'hard-break':
      return '\n'
    case 'footnote-reference':
      return ''
    default:
      return plainText(inline.children)
  }
}
