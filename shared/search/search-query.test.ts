import { describe, expect, it } from 'vitest'
import { parseSearchQuery } from './search-query'

/** `a+b*` for words in order of which the last may go on, `[京]` for a character. */
const termsOf = (query: string) =>
  parseSearchQuery(query)
    .map((term) =>
      term.kind === 'character'
        ? `[${term.character}]`
        : term.words.join('+') + (term.isPrefix ? '*' : ''),
    )
    .join(' ')

describe('a query', () => {
  it.each([
    ['the last word may go on', 'grey hero', 'grey hero*'],
    ['a space ends it', 'grey hero ', 'grey hero'],
    ['two letters are too few to go on', 'he', 'he'],
    ['quotation marks make a phrase', '"grey heron" bird', 'grey+heron bird*'],
    ['also before they are closed', '"grey hero', 'grey+hero'],
    ['also those of other keyboards', '“grey heron” „noch eins“', 'grey+heron noch+eins'],
    ['what is written together is found together', 'node:sqlite', 'node+sqlite*'],
    ['two characters are a word', '北京', '北京'],
    ['more are words in order', '北京大学', '北京+京大+大学'],
    ['one is a character', '京', '[京]'],
    ['a mixture has both', '在Beijing大', 'beijing [在] [大]'],
    ['words and Chinese', '北京 uni', '北京 uni*'],
    ['an emoji is a word', '🦆', '🦆'],
    ['signs are nothing', '"" ?! :', ''],
    ['operators are words', 'a OR NOT b*', 'a or not b'],
  ])('%s: %s', (_name, query, terms) => {
    expect(termsOf(query)).toBe(terms)
  })

  it('has no more terms than can be looked up', () => {
    expect(parseSearchQuery('ab '.repeat(60))).toHaveLength(12)
  })
})
