import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { createMarkdownReader } from './markdown-reader'
import { gfmExamples } from './testing/gfm-examples'
import { toHtml } from './testing/to-html'

describe.each(Object.entries(gfmExamples))('%s', (_, examples) => {
  test.each(examples)('%j', (markdown) => {
    const tree = createMarkdownReader().read(markdown, { streaming: false })
    expect(normalize(toHtml(tree))).toBe(normalize(oracle(markdown)))
  })
})

function oracle(markdown: string): string {
  const html = micromark(markdown, {
    allowDangerousProtocol: true,
    // One tilde means “about” far more often than it strikes anything.
    extensions: [gfm({ singleTilde: false })],
    htmlExtensions: [gfmHtml()],
  })
  return html
    .replace(
      /<sup><a href="[^"]*" id="user-content-fnref-.*?(-\d+)?" [^>]*>(\d+)<\/a><\/sup>/g,
      '<sup>$2$1</sup>',
    )
    .replace(/ ?<a href="[^"]*" data-footnote-backref="".*?<\/a>/g, '')
    .replace(/<section [^>]*><h2.*?<\/h2>/, '<section>')
    .replace(/<li id="[^"]*">/g, '<li>')
}

/** White space between blocks, and how the number of a reference is written, say nothing. */
function normalize(html: string): string {
  return html
    .replace(/<sup>(\d+)\.1<\/sup>/g, '<sup>$1</sup>')
    .replace(/<sup>(\d+)\.(\d+)<\/sup>/g, '<sup>$1-$2</sup>')
    .replace(/(<input [^>]*\/>)\s*/g, '$1')
    .replace(/\s*\n\s*/g, '\n')
    .replace(/>\n|\n</g, (match) => match.trim())
    .trim()
}
