import 'server-only'
import type { SearchTerm } from '@/shared/search/search-query'
import { phraseWindows } from './phrase-windows'

/** What `match` takes: https://sqlite.org/fts5.html § 3. */
export function matchExpression(facets: readonly string[], terms: readonly SearchTerm[]): string {
  const characters = terms.flatMap((term) => (term.kind === 'character' ? [term.character] : []))
  const phrases = terms.flatMap((term) => (term.kind === 'words' ? [phraseOf(term)] : []))
  const facts = `facets : (${[...facets, ...characters].map(quoted).join(' AND ')})`
  return phrases.length === 0 ? facts : `${facts} AND words : (${phrases.join(' AND ')})`
}

function phraseOf({ words, isPrefix }: Extract<SearchTerm, { kind: 'words' }>): string {
  const phrases = phraseWindows(words).map((window) => quoted(window.join(' ')))
  return `${phrases.join(' AND ')}${isPrefix ? ' *' : ''}`
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
