import { beforeAll, describe, expect, test } from 'vitest'
import { loadParts } from './testing/load-parts'
import { markdownMarkup } from './testing/markdown-markup'

beforeAll(loadParts)

/** Every tag with its attributes; text is left out. */
function tags(markup: string): string {
  return (markup.match(/<[a-z][^>]*>/g) ?? []).join('\n')
}

/** What a reader sees, without what only screen readers are told. */
function text(markup: string): string {
  return markup.replace(/<span class="sr-only">.*?<\/span>/g, '').replace(/<[^>]*>/g, '')
}

test('raw HTML is shown as it was written', () => {
  expect(text(markdownMarkup('so <b>this</b> stays'))).toContain('so &lt;b&gt;this&lt;/b&gt; stays')
  expect(text(markdownMarkup('<div>\n  <p>two'))).toBe('&lt;div&gt;\n  &lt;p&gt;two\n')
})

test('the one tag that means something breaks a line, in a cell and elsewhere', () => {
  for (const written of ['<br>', '<br/>', '<BR />'])
    expect(markdownMarkup(`| a |\n| - |\n| one${written}two |`)).toMatch(/one<br\/?>(<!-- -->)?two/)
  expect(text(markdownMarkup('one<br class="x">two'))).toContain('&lt;br class=')
  expect(text(markdownMarkup('`<br>`'))).toBe('&lt;br&gt;')
})

describe('a link', () => {
  test('opens elsewhere, tells nobody where from, and names its host', () => {
    const markup = markdownMarkup('[bank.example](https://evil.example/login)')
    expect(markup).toContain('target="_blank"')
    expect(markup).toContain('rel="noopener noreferrer nofollow"')
    expect(text(markup)).toContain('bank.exampleevil.example')
  })

  test('whose text is its address names it once', () => {
    expect(text(markdownMarkup('<https://example.org/a>'))).toBe('https://example.org/a')
  })

  test('may lead to mail and to a place in the text, and else nowhere', () => {
    expect(tags(markdownMarkup('[a](mailto:a@b.example)'))).toContain('href="mailto:a@b.example"')
    expect(tags(markdownMarkup('[a](#what-it-is)'))).toContain('href="#what-it-is"')
    expect(tags(markdownMarkup('[a](/api/chats) [b](javascript:x) [c](#)'))).not.toContain('<a')
  })

  test('has no other link in it', () => {
    const markup = markdownMarkup(
      '[![alt](https://example.org/i.png) note[^1]](https://example.org)\n\n[^1]: Note',
    )
    expect(markup.match(/<a [^>]*>(?:(?!<\/a>).)*<a /)).toBeNull()
    expect(text(markup)).toContain('alt')
  })
})

describe('an image', () => {
  test('from elsewhere is a link that says so', () => {
    for (const source of [
      '![map](https://e.example/m.png)',
      '![map]\n\n[map]: https://e.example/m.png',
    ]) {
      const markup = markdownMarkup(source)
      expect(tags(markup)).not.toContain('<img')
      expect(tags(markup)).toContain('href="https://e.example/m.png"')
      expect(text(markup)).toContain('mape.example')
    }
  })

  test('that is in the text is shown, unless it is a drawing with scripts or too large', () => {
    expect(tags(markdownMarkup('![dot](data:image/png;base64,AAAA)'))).toContain(
      '<img class="data-image" src="data:image/png;base64,AAAA" alt="dot"',
    )
    expect(tags(markdownMarkup('![dot](data:image/svg+xml;base64,AAAA)'))).not.toContain('<img')
    const large = `data:image/png;base64,${'A'.repeat(1_000_000)}`
    expect(tags(markdownMarkup(`![dot](${large})`))).not.toContain('<img')
  })
})

test('an answer’s headings begin below the message’s', () => {
  expect(tags(markdownMarkup('## One\n\n### Two'))).toMatch(/<h3>\n<h4>/)
  expect(tags(markdownMarkup('#### Deep'))).toContain('<h3>')
  expect(tags(markdownMarkup('### One\n\n# Higher'))).toMatch(/<h3>\n<h3>/)
})

test('prices are text, formulas are formulas', () => {
  expect(markdownMarkup('from $5 to $10')).toContain('from $5 to $10')
  expect(markdownMarkup('so \\(a^2\\) is')).toContain('math-source')
  expect(markdownMarkup('\\[ a^2 \\]')).toContain('math-display')
})

test('an item’s text is a paragraph, whether the list is tight or loose', () => {
  expect(tags(markdownMarkup('- a\n- b'))).toContain('<ul data-tight="true">\n<li>\n<p>\n<li>\n<p>')
  expect(tags(markdownMarkup('7. a\n\n8. b'))).toContain(
    '<ol data-tight="false" start="7">\n<li>\n<p>\n<li>\n<p>',
  )
})

test('a task says whether it is done', () => {
  const markup = tags(markdownMarkup('- [x] a\n- [ ] b'))
  expect(markup).toMatch(/aria-label="Done"[^]*aria-label="Open"/)
  expect(markup).not.toContain('<input')
})

test('a table scrolls in a box of its own, which the keyboard reaches', () => {
  const markup = tags(markdownMarkup('| a | b |\n| - | -: |\n| 1 | 2 |'))
  expect(markup).toMatch(/<div class="table-scroller"[^>]*tabindex="0"/i)
  expect(markup).toContain('<td data-align="right">')
  expect(markup).toContain('aria-label="Copy the table as CSV"')
})

test('a footnote leads there and back, and two texts share no id', () => {
  const source = 'One[^a] and again[^a].\n\n[^a]: Note.'
  const markup = markdownMarkup(source)
  const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  const targets = [...markup.matchAll(/ href="#([^"]+)"/g)].map(([, target]) => target)
  expect(new Set(targets)).toEqual(new Set(ids))
  expect(ids).toHaveLength(3)
  expect(new Set(ids).size).toBe(3)
})

describe('the last streaming frame is the finished answer', () => {
  const texts = [
    '## Title\n\n- > 25\n- 20~25 < 30\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```ts\nlet a = 1\n```\n',
    'A paragraph with **bold**, `code`, [a link](https://example.org) and an end.',
    '1. one\n\n   two\n2. three[^1]\n\n> quoted\n\n---\n\n[^1]: Note with ![i](https://example.org/i.png)\n',
    '- [x] done\n- [ ] open\n\n<div>\nraw\n</div>\n',
  ]
  test.each(texts)('%j', (source) => {
    expect(markdownMarkup(source, true)).toBe(markdownMarkup(source))
  })
})
