import type { SearchTerm } from './search-query'
import { type Token, tokenize } from './tokenize'

/** A place in a text: UTF-16 units, end exclusive. */
export type TextRange = [start: number, end: number]

/** Plain text with the places of what was found in it; never markup. */
export type Snippet = { text: string; ranges: TextRange[] }

const lengthMax = 180
const lead = 40

/** The part of the text in which most of the terms are found first. Its beginning when none is. */
export function snippetOf(text: string, terms: readonly SearchTerm[]): Snippet {
  const found = findTerms(text, terms)
  const anchor = bestAnchor(found)
  const start = wordStart(text, Math.max(0, anchor - lead))
  const end = wholeCharacterEnd(text, Math.min(text.length, start + lengthMax))
  return cutOut(text, { start, end, ranges: found.map(({ range }) => range) })
}

/** A short text whole, such as a title, with what was found in it. */
export function markedText(text: string, terms: readonly SearchTerm[]): Snippet {
  return { text, ranges: joined(findTerms(text, terms).map(({ range }) => range)) }
}

type Found = { range: TextRange; term: number }

function findTerms(text: string, terms: readonly SearchTerm[]): Found[] {
  const tokens = [...tokenize(text)]
  return terms
    .flatMap((term, index) => placesOf(tokens, term).map((range) => ({ range, term: index })))
    .toSorted((left, right) => left.range[0] - right.range[0])
}

function placesOf(tokens: readonly Token[], term: SearchTerm): TextRange[] {
  if (term.kind === 'character') {
    return tokens.flatMap(({ kind, word, start, end }): TextRange[] =>
      kind === 'character' && word === term.character ? [[start, end]] : [],
    )
  }
  const { words, isPrefix } = term
  const inOrder = tokens.filter(({ kind }) => kind === 'word')
  return inOrder.flatMap((first, at): TextRange[] => {
    const isHere = words.every((word, offset) => {
      const here = inOrder[at + offset]?.word
      return isPrefix && offset === words.length - 1 ? here?.startsWith(word) : here === word
    })
    const last = inOrder[at + words.length - 1]
    return isHere && last ? [[first.start, last.end]] : []
  })
}

/** Where the excerpt is to begin: at the place after which the most different terms follow in sight. */
function bestAnchor(found: readonly Found[]): number {
  let best = { count: 0, start: 0 }
  for (const { range } of found) {
    const inSight = found.filter(
      (other) => other.range[0] >= range[0] && other.range[1] <= range[0] + lengthMax - lead,
    )
    const count = new Set(inSight.map(({ term }) => term)).size
    if (count > best.count) best = { count, start: range[0] }
  }
  return best.start
}

type Cut = { start: number; end: number; ranges: readonly TextRange[] }

/** Leaves out the signs of Markdown and repeated space, and moves the ranges along. */
function cutOut(text: string, { start, end, ranges }: Cut): Snippet {
  let out = start > 0 ? '…' : ''
  const places = new Map<number, number>()
  for (let at = start; at < end; at += 1) {
    places.set(at, out.length)
    const unit = text[at] ?? ''
    if (/\s/.test(unit)) out += /(^|…|\s)$/.test(out) ? '' : ' '
    else if (!isMarkup(text, at)) out += unit
  }
  places.set(end, out.length)
  const moved = ranges.flatMap(([from, to]): TextRange[] => {
    const first = places.get(Math.max(from, start))
    const last = places.get(Math.min(to, end))
    return to > start && from < end && first !== undefined && last !== undefined
      ? [[first, last]]
      : []
  })
  return { text: end < text.length ? `${out.trimEnd()}…` : out.trimEnd(), ranges: joined(moved) }
}

function isMarkup(text: string, at: number): boolean {
  const unit = text[at]
  if (unit === '`' || unit === '|') return true
  if (unit === '*') return text[at - 1] === '*' || text[at + 1] === '*'
  return unit === '#' && /(^|\n)#{0,6}$/.test(text.slice(Math.max(0, at - 7), at))
}

/** Sorted, and those that touch or overlap as one. */
function joined(ranges: readonly TextRange[]): TextRange[] {
  const result: [number, number][] = []
  for (const [start, end] of ranges.toSorted((left, right) => left[0] - right[0])) {
    const last = result.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else if (end > start) result.push([start, end])
  }
  return result
}

function wordStart(text: string, at: number): number {
  if (at === 0) return 0
  const space = text.slice(at, at + lead).search(/\s/)
  const cut = space >= 0 && space < lead / 2 ? at + space + 1 : at
  return isInsidePair(text, cut) ? cut + 1 : cut
}

function wholeCharacterEnd(text: string, at: number): number {
  return isInsidePair(text, at) ? at - 1 : at
}

function isInsidePair(text: string, at: number): boolean {
  return (
    /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) &&
    /[\ud800-\udbff]$/.test(text.slice(0, at).slice(-1))
  )
}
