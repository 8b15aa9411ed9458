import { type Token, tokenize } from './tokenize'

/** Characters of a query. */
export const queryLengthMax = 200

const termsMax = 12
const wordsMax = 32

/** What a text must have: a character anywhere in it, or words one after the other, the last of which may go on. */
export type SearchTerm =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly isPrefix: boolean }

/** Shorter beginnings of words say little, and would have the database read half of its index. */
const prefixLengthMin = 3

const pieces = /["“”„]([^"“”„]*)(?:["“”„]|$)|[^\s"“”„]+/g

/**
 * What a person typed, as terms that must all be found: words, “phrases” in quotation marks, and the last word as the
 * beginning of one, as long as nothing follows it. Empty when there is no word in it.
 */
export function parseSearchQuery(query: string): SearchTerm[] {
  const terms = [...query.matchAll(pieces)].flatMap((piece) => {
    const [written, phrase] = piece
    const isOpen = phrase === undefined && piece.index + written.length === query.length
    return termsOf([...tokenize(phrase ?? written)], isOpen)
  })
  return terms.slice(0, termsMax)
}

/** Characters that are in a pair are found with it; words that were written together are to be found together. */
function termsOf(tokens: readonly Token[], isOpen: boolean): SearchTerm[] {
  const words = tokens.filter(({ kind }) => kind === 'word').slice(0, wordsMax)
  const characters = tokens.filter(
    (token) => token.kind === 'character' && !words.some((word) => covers(word, token)),
  )
  const last = words.at(-1)
  const endsWithWord = last !== undefined && last.end === tokens.at(-1)?.end
  const isPair = tokens.some((token) => token.kind === 'character' && last && covers(last, token))
  const isPrefix = isOpen && endsWithWord && !isPair && last.word.length >= prefixLengthMin
  return [
    ...(last ? [{ kind: 'words', words: words.map(({ word }) => word), isPrefix } as const] : []),
    ...characters.map(({ word }) => ({ kind: 'character', character: word }) as const),
  ]
}

function covers(outer: Token, inner: Token): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
