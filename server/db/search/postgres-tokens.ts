import 'server-only'
import type { SearchTerm } from '@/shared/search/search-query'
import type { EntryWords } from './entry-words'
import { phraseWindows } from './phrase-windows'

/** Places of one word that Postgres keeps. */
const placesMax = 255

/** A `tsvector` as text: made here, because Postgres’ own parser splits Chinese by the locale of the database. */
export function tokensOf({ facets, characters, words }: EntryWords): string {
  const places = new Map<string, number[]>()
  for (const [index, word] of words.entries()) {
    const known = places.get(word)
    if (!known) places.set(word, [index + 1])
    else if (known.length < placesMax) known.push(index + 1)
  }
  return [
    ...[...facets, ...characters].map((fact) => lexeme(`:${fact}`)),
    ...[...places].map(([word, at]) => `${lexeme(word)}:${at.join()}`),
  ].join(' ')
}

/** A `tsquery` as text. */
export function tokenQuery(facets: readonly string[], terms: readonly SearchTerm[]): string {
  return [...facets.map((fact) => lexeme(`:${fact}`)), ...terms.map(termQuery)].join(' & ')
}

function termQuery(term: SearchTerm): string {
  if (term.kind === 'character') return lexeme(`:${term.character}`)
  const phrases = phraseWindows(term.words).map((words) => words.map(lexeme).join(' <-> '))
  return `${phrases.map((phrase) => `(${phrase}`).join(') & ')}${term.isPrefix ? ':*' : ''})`
}

function lexeme(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
