import { expect, test } from 'vitest'
import { createMarkdownReader } from './markdown-reader'

const length = 50_000
const characters = '>*_-#`~[](<|$\\!&=:"+1@.w \t\n\r\0'.split('')
const pieces = [
  ...[
    '> ',
    '- ',
    '1. ',
    '[^a]: ',
    '> - ',
    '- [ ] ',
    '[a](',
    '![',
    '**a ',
    '<a ',
    '| ',
    '|-',
    '- \n',
  ],
  ...[
    '$$\n',
    '\\[\n',
    '- $$\n',
    '[a]: b "\n',
    '[a]:',
    '[^a] ',
    '[^a]:\n',
    '~~~\n',
    '<div>\n',
    '[a\n',
  ],
]
const documents: readonly (readonly [name: string, text: string])[] = [
  ...[...characters, ...pieces].map(
    (piece) => [piece, piece.repeat(length / piece.length)] as const,
  ),
  ['deeper and deeper items', lines(300, (index) => `${' '.repeat(2 * index)}- a`)],
  ['deeper and deeper quotes', lines(300, (index) => `${'>'.repeat(index)} a`)],
  ['blank lines in deep lists', `${'- '.repeat(10_000)}a${'\n'.repeat(length)}`],
  ['a wide table', `${'|a'.repeat(9_000)}|\n${'|-'.repeat(9_000)}|\n${'a\n'.repeat(9_000)}`],
]

// Anything that grows with the square of the length would take minutes, and a deep recursion would throw.
test.each(documents)('%j is read in no time, at once and as a stream', (_, text) => {
  const once = createMarkdownReader().read(text, { streaming: false })
  const reader = createMarkdownReader()
  for (let end = 1_000; end < text.length; end += 1_000) {
    reader.read(text.slice(0, end), { streaming: true })
  }
  expect(JSON.stringify(reader.read(text, { streaming: false }))).toBe(JSON.stringify(once))
})

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('')
}
