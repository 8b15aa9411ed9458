import { expect, test } from 'vitest'
import { createMarkdownReader } from './markdown-reader'
import { toHtml } from './testing/to-html'

const streaming = { streaming: true }
const finished = { streaming: false }

test('a definition changes the blocks that use its label, and no other', () => {
  const reader = createMarkdownReader()
  const text = '[a] one\n\n> - [b] two\n> - [a] three\n\nfour\n\n'
  const before = reader.read(text, streaming)
  const after = reader.read(`${text}[a]: /url\n\n`, streaming)
  expect(toHtml(after)).toContain('<a href="/url">a</a> three')
  const [one, quote, four] = before.blocks[0] ?? []
  expect(after.blocks[0]?.[0]).not.toBe(one)
  expect(after.blocks[0]?.[1]).not.toBe(quote)
  expect(after.blocks[0]?.[2]).toBe(four)
  const itemsOf = (block: typeof quote) => {
    const list = block?.type === 'quote' ? block.blocks[0]?.[0] : undefined
    return list?.type === 'list' ? list.items.flat() : []
  }
  const [two, three] = itemsOf(quote)
  expect(two).toBeDefined()
  expect(itemsOf(after.blocks[0]?.[1])[0]).toBe(two)
  expect(itemsOf(after.blocks[0]?.[1])[1]).not.toBe(three)
})

test('full groups without the label are the same', () => {
  const reader = createMarkdownReader()
  const text = `${'text\n\n'.repeat(40)}[a]\n\n${'text\n\n'.repeat(40)}`
  const before = reader.read(text, streaming)
  const after = reader.read(`${text}[a]: /url\n\n`, streaming)
  expect(before.blocks.length).toBe(3)
  expect(after.blocks.map((group, index) => group === before.blocks[index])).toEqual([
    true,
    false,
    true,
  ])
})

test('a definition that another came before changes nothing', () => {
  const reader = createMarkdownReader()
  const text = '[a]: /one\n\n[a]\n\n'
  const before = reader.read(text, streaming)
  expect(reader.read(`${text}[a]: /two\n\n`, streaming)).toBe(before)
})

test('a definition over several lines, and one that turns out to be text', () => {
  const html = (text: string) => toHtml(createMarkdownReader().read(text, finished))
  expect(html('[a\nb]:\n/url\n"the\ntitle"\n\n[a b]')).toBe(
    '<p><a href="/url" title="the\ntitle">a b</a></p>\n',
  )
  expect(html('[a]: /url\n"no title" here\n\n[a]')).toBe(
    '<p>&quot;no title&quot; here</p>\n<p><a href="/url">a</a></p>\n',
  )
})

test('a footnote has its number before its definition has come, and keeps it', () => {
  const reader = createMarkdownReader()
  const text = 'a[^x] b[^y] c[^x]\n\n'
  const before = reader.read(text, streaming)
  expect(toHtml(before)).toBe('<p>a<sup>1.1</sup> b<sup>2.1</sup> c<sup>1.2</sup></p>\n')
  expect(before.footnotes).toEqual([])
  const after = reader.read(`${text}[^y]: Y\n\n[^x]: X\n`, streaming)
  expect(after.blocks[0]?.[0]).toBe(before.blocks[0]?.[0])
  expect(
    after.footnotes.map(({ label, number, references }) => [label, number, references]),
  ).toEqual([
    ['x', 1, 2],
    ['y', 2, 1],
  ])
})

test('without a definition it is text when the text is finished', () => {
  const reader = createMarkdownReader()
  reader.read('a[^x] b[^y]\n\n[^y]: Y', streaming)
  const after = reader.read('a[^x] b[^y]\n\n[^y]: Y', finished)
  expect(toHtml(after)).toBe(
    '<p>a[^x] b<sup>1.1</sup></p>\n<section>\n<ol>\n<li>\n<p>Y</p>\n</li>\n</ol>\n</section>\n',
  )
})

test('a footnote that grows leaves the text and the other footnotes alone', () => {
  const reader = createMarkdownReader()
  const text = 'a[^x] b[^y]\n\n[^x]: X\n\n[^y]: Y'
  const before = reader.read(text, streaming)
  const after = reader.read(`${text} goes on`, streaming)
  expect(after.blocks).toBe(before.blocks)
  expect(after.footnotes[0]).toBe(before.footnotes[0])
  expect(after.footnotes[1]).not.toBe(before.footnotes[1])
})
