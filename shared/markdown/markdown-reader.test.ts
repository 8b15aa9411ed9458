import { expect, test } from 'vitest'
import { createMarkdownReader } from './markdown-reader'
import { toHtml } from './testing/to-html'
import type { MarkdownTree } from './tree'

function readOnce(text: string): MarkdownTree {
  return createMarkdownReader().read(text, { streaming: false })
}

function stream(text: string): MarkdownTree {
  return createMarkdownReader().read(text, { streaming: true })
}

const html = (text: string) => toHtml(readOnce(text))
const shown = (text: string) => toHtml(stream(text))

test('the same text twice gives the same tree', () => {
  const reader = createMarkdownReader()
  const tree = reader.read('# a\n\nb', { streaming: true })
  expect(reader.read('# a\n\nb', { streaming: true })).toBe(tree)
})

test('what the end of a stream does not change is the same object', () => {
  const reader = createMarkdownReader()
  const text = '# a\n\nb\n\n- c\n- d\n\nend'
  const before = reader.read(text, { streaming: true })
  const after = reader.read(text, { streaming: false })
  expect(after.blocks[0]?.slice(0, 3)).toEqual(before.blocks[0]?.slice(0, 3))
  for (const index of [0, 1, 2]) expect(after.blocks[0]?.[index]).toBe(before.blocks[0]?.[index])
})

test('a text that does not go on from the last one is read anew', () => {
  const reader = createMarkdownReader()
  reader.read('[a]: /x\n\n[a]', { streaming: true })
  expect(toHtml(reader.read('[a]', { streaming: false }))).toBe('<p>[a]</p>\n')
})

test('a text that was finished may go on', () => {
  const reader = createMarkdownReader()
  reader.read('- a[^1]\n- ', { streaming: false })
  const text = '- a[^1]\n- b\n\n[^1]: c'
  expect(reader.read(text, { streaming: false })).toEqual(readOnce(text))
})

test('line ends of every kind, also when a chunk ends between their halves', () => {
  const reader = createMarkdownReader()
  reader.read('# a\r', { streaming: true })
  expect(reader.read('# a\r\nb\rc', { streaming: false })).toEqual(readOnce('# a\r\nb\rc'))
  expect(html('# a\r\nb\rc')).toBe(html('# a\nb\nc'))
})

test('half a surrogate pair is not shown', () => {
  expect(shown('a 😀'.slice(0, -1))).toBe('<p>a</p>\n')
})

test('the null character is replaced', () => {
  expect(html('a\0b')).toBe('<p>a\ufffdb</p>\n')
})

test('the first heading tells the level, in whatever block it stands', () => {
  expect(readOnce('text\n\n> ### a\n\n# b').firstHeadingLevel).toBe(3)
  expect(readOnce('a\n---\n# b').firstHeadingLevel).toBe(2)
  expect(readOnce('```\n# a\n```').firstHeadingLevel).toBeUndefined()
})

test('keys are where nodes begin', () => {
  const [paragraph, list] = readOnce('a\n\n- b\n- c').blocks[0] ?? []
  expect(paragraph?.key).toBe(0)
  expect(list?.key).toBe(3)
  expect(list?.type === 'list' && list.items.flat().map((item) => item.key)).toEqual([3, 7])
})

test.each([
  ['a lone marker', 'text\n\n- ', '<p>text</p>\n'],
  ['a number', 'text\n\n12', '<p>text</p>\n'],
  ['a heading without its text', 'text\n\n## ', '<p>text</p>\n'],
  ['a quote without its text', 'text\n\n> ', '<p>text</p>\n'],
  ['a fence and its language', 'text\n\n```ty', '<p>text</p>\n'],
  ['an underline', 'text\n--', '<p>text</p>\n'],
  ['stars that may be a rule', 'text\n\n**', '<p>text</p>\n'],
  ['a table’s header', 'text\n\n| a | b', '<p>text</p>\n'],
  ['a table’s header that has ended', 'text\n\n| a | b |\n', '<p>text</p>\n'],
  ['half a delimiter row', 'text\n\n| a | b |\n| --', '<p>text</p>\n'],
  ['a link definition', 'text\n\n[label]: /ur', '<p>text</p>\n'],
  ['a label that may define something', 'text\n\n[label]', '<p>text</p>\n'],
  ['a footnote’s label', 'text\n\n[^no', '<p>text</p>\n'],
  ['a task’s box', '- [', ''],
  ['a formula’s fence', 'text\n\n$$', '<p>text</p>\n'],
  ['a formula on its line', 'text\n\n\\[ x + ', '<p>text</p>\n'],
  ['a tag', 'text\n\n<det', '<p>text</p>\n'],
])('%s is held back until it is decided', (_, text, expected) => {
  expect(shown(text)).toBe(expected)
})

test.each([
  ['a hyphen', '-a'],
  ['bold text', '**bold'],
  ['a year', '2024 was'],
  ['a price', '$5'],
  ['a hash tag', '#tag'],
  ['a word in brackets and more', '[Note] that'],
  ['a comparison', '< 5'],
  ['a second line with a number', 'text\n2024'],
])('ordinary text is never held: %s', (_, text) => {
  expect(shown(text)).not.toBe('')
  expect(stream(text).blocks[0]?.[0]?.type).toBe('paragraph')
})

test('a row of a table is shown as it is written', () => {
  expect(shown('| a | b |\n|-|-|\n| one | tw')).toContain('<td>tw</td>')
})

test('a code block is open until its fence or the text ends', () => {
  const code = { type: 'code', key: 0, language: 'ts', lines: [['a']] }
  expect(stream('```ts\na').blocks[0]?.[0]).toEqual({ ...code, open: true })
  expect(stream('```ts\na\n``').blocks[0]?.[0]).toEqual({ ...code, open: true })
  expect(stream('```ts\na\n```\n').blocks[0]?.[0]).toEqual({ ...code, open: false })
  expect(readOnce('```ts\na').blocks[0]?.[0]).toEqual({ ...code, open: false })
})

test('markers beyond a hundred containers are text', () => {
  const deep = readOnce(`${'>'.repeat(150)} a`)
  expect(JSON.stringify(deep).split('"quote"').length - 1).toBe(99)
  expect(html(`${'>'.repeat(150)} a`)).toContain(`<p>${'&gt;'.repeat(51)} a</p>`)
})
