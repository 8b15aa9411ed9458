import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { inlinesToHtml } from '../testing/inline-to-html'
import { noReferences } from '../testing/inline-samples'
import { parseInline } from './parse-inline'
import type { References } from './references'

function htmlOf(text: string, references = noReferences): string {
  return inlinesToHtml(parseInline(text, { references, open: false }))
}

function micromarkOf(text: string): string {
  const options = { extensions: [gfm({ singleTilde: false })], htmlExtensions: [gfmHtml()] }
  return micromark(text, options).replace(/^<p>|<\/p>$/g, '')
}

describe('as micromark has it', () => {
  test.each([
    ['www.commonmark.org'],
    ['Visit www.commonmark.org/help for more'],
    ['Visit www.commonmark.org/a.b.'],
    ['www.google.com/search?q=Markup+(business)'],
    ['www.google.com/search?q=Markup+(business)))'],
    ['(www.google.com/search?q=Markup+(business))'],
    ['(www.google.com/search?q=Markup+(business)'],
    ['www.google.com/search?q=(business))+ok'],
    ['www.google.com/search?q=commonmark&hl=en'],
    ['www.google.com/search?q=commonmark&hl;'],
    ['www.commonmark.org/he<lp'],
    ['(Visit https://encrypted.google.com/search?q=Markup+(business))'],
    ['foo@bar.baz'],
    ['hello@mail+xyz.example isn’t valid, but hello+xyz@mail.example is.'],
    ['a.b-c_d@a.b'],
    ['a.b-c_d@a.b.'],
    ['a.b-c_d@a.b-'],
    ['a.b-c_d@a.b_'],
    ['x/a@b.c and a@b.c/d and a@b.c1'],
    ['http://a_b.c and http://a.b_c and http://a_b.c.d and www.a_b.c'],
    ['https://localhost and HTTPS://EXAMPLE.COM and xhttp://a.b'],
    ['http:// and http://.a'],
    ['https://a.b,c; and "https://a.b" and \'https://a.b\''],
    ['*https://a.b* **https://a.b** _https://a.b_ ~~https://a.b~~'],
    ['[https://a.b](/c) and [x www.a.b](/c)'],
    ['https://a.b/x_y_z and https://a.b/c~d'],
    ['`https://a.b` and https://a.b/&amp; and 1https://a.b'],
    ['https://a.b\\* and https://a.b<c and ftp://a.b'],
    ['https://münchen.de/ä'],
    ['~~gone~~ ~~a **b** c~~ **a ~~b~~ c** a~~b~~c'],
    ['~~ a~~ ~~a ~~ x'],
    ['~~a and a~~~ and b~'],
    ['20~25 and ~30~'],
    ['x ~~(a)~~ y ~~(a)~~b'],
  ])('%s', (text) => {
    expect(htmlOf(text)).toBe(micromarkOf(text))
  })
})

test('an address ends before Chinese punctuation, and its host before an ideograph', () => {
  expect(htmlOf('请看https://example.com/a。然后')).toBe(
    '请看<a href="https://example.com/a">https://example.com/a</a>。然后',
  )
  expect(htmlOf('（www.example.com查看）')).toBe(
    '（<a href="http://www.example.com">www.example.com</a>查看）',
  )
})

test('brackets around an address are not part of it', () => {
  expect(htmlOf('[https://a.b/c]')).toBe('[<a href="https://a.b/c">https://a.b/c</a>]')
})

test('HTML is shown as it is written, and what looks like Markdown in a tag is part of the tag', () => {
  expect(htmlOf('<a href="*"> *b* </a> <!-- *c* --> a <b and *c*')).toBe(
    '&lt;a href=&quot;*&quot;&gt; <em>b</em> &lt;/a&gt; &lt;!-- *c* --&gt; a &lt;b and <em>c</em>',
  )
})

describe('footnotes', () => {
  const references: References = {
    link: () => undefined,
    footnote: (label) => (label === 'A' ? { number: 3, occurrence: 5 } : undefined),
  }

  test('a reference is what its label stands for', () => {
    expect(htmlOf('x[^a] **y[^A]**', references)).toBe(
      'x<sup>3.5</sup> <strong>y<sup>3.5</sup></strong>',
    )
  })

  test('one that is not defined is text', () => {
    expect(htmlOf('x[^b] [^ a]', references)).toBe('x[^b] [^ a]')
  })
})
