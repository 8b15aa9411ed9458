import { expect, test } from 'vitest'
import { createMarkdownReader } from './markdown-reader'
import { toHtml } from './testing/to-html'

function html(text: string): string {
  return toHtml(createMarkdownReader().read(text, { streaming: false }))
}

function firstBlock(text: string) {
  return createMarkdownReader().read(text, { streaming: true }).blocks[0]?.[0]
}

const formula = '<math display>x = 1</math>\n'

test.each([
  ['$$\nx = 1\n$$', formula],
  ['\\[\nx = 1\n\\]', formula],
  ['$$ x = 1 $$', formula],
  ['\\[ x = 1 \\]', formula],
  ['$$x = 1\n$$', formula],
  ['$$\nx = 1$$', formula],
  ['$$\n\nx = 1\n\n$$', formula],
  ['text\n$$\nx = 1\n$$\nmore', `<p>text</p>\n${formula}<p>more</p>\n`],
  ['> $$\n> x = 1\n> $$', `<blockquote>\n${formula}</blockquote>\n`],
  ['- a\n\n  \\[\n  x = 1\n  \\]', `<ul>\n<li>\n<p>a</p>\n${formula}</li>\n</ul>\n`],
  ['$$\nx = 1\n$$ where', `${formula}<p>where</p>\n`],
])('%j is a formula', (text, expected) => {
  expect(html(text)).toBe(expected)
})

test('a fence that is escaped does not close', () => {
  expect(html('$$\n\\$$\n$$')).toBe('<math display>\\$$</math>\n')
})

test.each([
  ['at the end of the text', '$$\nx\n\ny', '<p>$$\nx</p>\n<p>y</p>\n'],
  ['before a block', '$$\nx\n\n# h\n\ny $$', '<p>$$\nx</p>\n<h1>h</h1>\n<p>y $$</p>\n'],
  ['at the end of its item', '- $$\n  x\n\nend', '<ul>\n<li>$$\nx</li>\n</ul>\n<p>end</p>\n'],
  ['at a blank line, having begun beside text', '$$ a = b\n\nend', '<p>$$ a = b</p>\n<p>end</p>\n'],
])('a formula that is not closed is text: %s', (_, text, expected) => {
  expect(html(text)).toBe(expected)
})

test('what follows a formula that is not closed is read as always', () => {
  expect(html('$$\nx\n- a\n- b\n\n# h\n\n$$\nx = 1\n$$')).toBe(
    `<p>$$\nx</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<h1>h</h1>\n${formula}`,
  )
})

test('escaped brackets are no formula', () => {
  expect(html('\\[not a link](/url)')).toBe('<p>[not a link](/url)</p>\n')
  expect(html('\\[1\\]')).toBe('<p>[1]</p>\n')
})

test('an open formula is shown as one while it is written', () => {
  const math = { type: 'math', key: 0, open: true }
  expect(firstBlock('$$\nx = ')).toEqual({ ...math, tex: 'x =' })
  expect(firstBlock('$$\nx = 1\n$')).toEqual({ ...math, tex: 'x = 1' })
  expect(firstBlock('$$\nx = 1\n$$\n')).toEqual({ ...math, tex: 'x = 1', open: false })
})
