import { describe, expect, it } from 'vitest'
import { createThinkTagReader } from './think-tags'

function read(deltas: Iterable<string>): { reasoning: string; text: string } {
  const reader = createThinkTagReader()
  const pieces = [...deltas].flatMap((delta) => reader.push(delta)).concat(reader.end())
  const join = (wanted: string) =>
    pieces.flatMap(({ kind, text }) => (kind === wanted ? [text] : [])).join('')
  return { reasoning: join('reasoning'), text: join('text') }
}

describe('think tags', () => {
  const cases: [string, string, { reasoning: string; text: string }][] = [
    ['no tag', 'Hello, world', { reasoning: '', text: 'Hello, world' }],
    ['a tag first', '<think>hm</think>Hello', { reasoning: 'hm', text: 'Hello' }],
    ['blank lines around', '\n<think>\nhm\n</think>\n\nHello', { reasoning: 'hm', text: 'Hello' }],
    ['nothing thought', '<think>\n\n</think>\n\nHello', { reasoning: '', text: 'Hello' }],
    ['no closing tag', '<think>hm, well', { reasoning: 'hm, well', text: '' }],
    ['half a closing tag', '<think>hm</thi', { reasoning: 'hm</thi', text: '' }],
    ['half an opening tag', '<thi', { reasoning: '', text: '<thi' }],
    ['another tag', '<thinker>x</thinker>', { reasoning: '', text: '<thinker>x</thinker>' }],
    ['a smaller sign inside', '<think>a < b </ c</think>d', { reasoning: 'a < b </ c', text: 'd' }],
    ['indented code first', '<think>x</think>\n\n    code', { reasoning: 'x', text: '    code' }],
    [
      'the tag as a subject',
      'Use `<think>` and `</think>`.',
      { reasoning: '', text: 'Use `<think>` and `</think>`.' },
    ],
    [
      'a second block',
      '<think>a</think>b <think>c</think>',
      { reasoning: 'a', text: 'b <think>c</think>' },
    ],
    ['only space', '  \n ', { reasoning: '', text: '  \n ' }],
  ]

  it.each(cases)('reads %s alike, wherever the text is cut', (_, whole, expected) => {
    expect(read([whole])).toEqual(expected)
    expect(read(whole)).toEqual(expected)
    for (let cut = 1; cut < whole.length; cut += 1) {
      expect(read([whole.slice(0, cut), whole.slice(cut)])).toEqual(expected)
    }
  })

  it('holds no text back once it knows that there is no tag', () => {
    const reader = createThinkTagReader()
    expect(reader.push('<b')).toEqual([{ kind: 'text', text: '<b' }])
    expect(reader.push('<think>')).toEqual([{ kind: 'text', text: '<think>' }])
  })

  it('does not wait for ever behind leading space', () => {
    const reader = createThinkTagReader()
    expect(reader.push(' '.repeat(65))).toEqual([{ kind: 'text', text: ' '.repeat(65) }])
  })
})
