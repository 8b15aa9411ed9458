import { describe, expect, it } from 'vitest'
import { parseSearchQuery } from './search-query'
import { markedText, snippetOf, type Snippet } from './snippet'

const marks = ({ text, ranges }: Snippet) => ranges.map(([start, end]) => text.slice(start, end))
const snippet = (text: string, query: string) => snippetOf(text, parseSearchQuery(query))

describe('a snippet', () => {
  it('shows a short text whole, with what was found', () => {
    expect(snippet('我在北京大学读书', '北京大学')).toEqual({
      text: '我在北京大学读书',
      ranges: [[2, 6]],
    })
  })

  it('is cut around what was found in a long one', () => {
    const found = snippet(`${'before '.repeat(200)}a heron ${'after '.repeat(200)}`, 'heron')

    expect(found.text).toMatch(/^…before .* a heron after .*…$/)
    expect(found.text.length).toBeLessThan(200)
    expect(marks(found)).toEqual(['heron'])
  })

  it('is where most of the terms are close to each other', () => {
    const text = `heron ${'far '.repeat(300)} duck ${'far '.repeat(300)} a heron and a duck`
    expect(marks(snippet(text, 'heron duck'))).toEqual(['heron', 'duck'])
  })

  it('marks the whole of a word that was found by its beginning, and one character alone', () => {
    expect(marks(snippet('A grey heron', 'hero'))).toEqual(['heron'])
    expect(marks(snippet('我在北京', '京'))).toEqual(['京'])
  })

  it('leaves the signs of Markdown and line breaks out, and its marks in place', () => {
    const found = snippet('# Birds\n\n- a **grey heron** stands in `water`', 'heron water')
    expect(found.text).toBe('Birds - a grey heron stands in water')
    expect(marks(found)).toEqual(['heron', 'water'])
  })

  it('never cuts a character in two', () => {
    for (let lead = 0; lead < 8; lead += 1) {
      const found = snippet(
        `${'x'.repeat(lead)}${'𠮷'.repeat(300)} heron ${'𠮷'.repeat(300)}`,
        'heron',
      )
      expect(found.text.isWellFormed()).toBe(true)
      expect(marks(found)).toEqual(['heron'])
    }
  })

  it('begins at the beginning when nothing is to be seen in the text', () => {
    expect(snippet('nothing of it', 'heron')).toEqual({ text: 'nothing of it', ranges: [] })
  })
})

it('a title is marked as it is', () => {
  const title = markedText('**北京** and 北京', parseSearchQuery('北京'))
  expect(title.text).toBe('**北京** and 北京')
  expect(marks(title)).toEqual(['北京', '北京'])
})
