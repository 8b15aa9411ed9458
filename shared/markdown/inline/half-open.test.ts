import { describe, expect, test } from 'vitest'
import { inlinesToHtml } from '../testing/inline-to-html'
import { inlinesOf, noReferences, repeatTo, visibleText } from '../testing/inline-samples'
import { createInlineReader } from './inline-reader'
import { parseInline } from './parse-inline'

function shown(text: string): string {
  return inlinesToHtml(parseInline(text, { references: noReferences, open: true }))
}

describe('what is half written is shown as if it were complete', () => {
  test.each([
    ['a **bo', 'a <strong>bo</strong>'],
    ['a **bold*', 'a <strong>bold</strong>'],
    ['a *em', 'a <em>em</em>'],
    ['***both', '<em><strong>both</strong></em>'],
    ['*a **b', '<em>a <strong>b</strong></em>'],
    ['*a **b**', '<em>a <strong>b</strong></em>'],
    ['~~go', '<del>go</del>'],
    ['`co', '<code>co</code>'],
    ['``co`', '<code>co</code>'],
    ['**a `co', '<strong>a <code>co</code></strong>'],
    ['see [some te', 'see some te'],
    ['see [**some', 'see <strong>some</strong>'],
    ['see [some text](', 'see <a href="">some text</a>'],
    ['see [some text](https://exa', 'see <a href="">some text</a>'],
    ['see [some text](/a "ti', 'see <a href="">some text</a>'],
    ['see [some text][re', 'see some text'],
    ['**[some text](/a', '<strong><a href="">some text</a></strong>'],
    ['<https://exa', '<a href="">https://exa</a>'],
    ['https://exa', '<a href="">https://exa</a>'],
    ['www.exa', '<a href="">www.exa</a>'],
    ['a@b.c', '<a href="">a@b.c</a>'],
  ])('%s', (text, html) => {
    expect(shown(text)).toBe(html)
  })
})

describe('what says nothing yet is held back', () => {
  test.each([
    ['a **', 'a '],
    ['a ~', 'a '],
    ['a `', 'a '],
    ['a [', 'a '],
    ['a [1', 'a '],
    ['a [^no', 'a '],
    ['a [1][2', 'a '],
    ['a ![im', 'a '],
    ['a ![image](/a', 'a '],
    ['a !', 'a '],
    ['a &am', 'a '],
    ['a \\', 'a '],
    ['a <htt', 'a '],
    ['a $', 'a '],
    ['a $x^', 'a '],
    ['a $5', 'a '],
    ['a $$x = 1', 'a '],
    ['a \\(x', 'a '],
    ['a \\[x', 'a '],
    ['a 😀'.slice(0, -1), 'a'],
    ['a  ', 'a'],
    ['a\n', 'a'],
    ['a\\\n', 'a'],
  ])('%s', (text, html) => {
    expect(shown(text)).toBe(html)
  })
})

describe('what is text is shown at once or soon', () => {
  test.each([
    ['2 * 3', '2 * 3'],
    ['2*3 and 2**10', '2*3 and 2**10'],
    ['snake_case', 'snake_case'],
    ['20~25', '20~25'],
    ['a[0', 'a[0'],
    ['[1] and', '[1] and'],
    ['[ ] task', '[ ] task'],
    ['[some text] and', '[some text] and'],
    ['[some text](no link', '[some text](no link'],
    ['Hello!', 'Hello!'],
    ['AT&T and', 'AT&amp;T and'],
    ['$5 and', '$5 and'],
    ['$HOME is a path', '$HOME is a path'],
    ['a < b', 'a &lt; b'],
    ['<div class="a', '&lt;div class=&quot;a'],
    ['a *** b', 'a *** b'],
  ])('%s', (text, html) => {
    expect(shown(text)).toBe(html)
  })

  const sentence = 'and then some more of it, '

  test.each([['*'], ['**'], ['~~'], ['`'], ['['], ['$'], ['\\('], ['$$'], ['<a href="']])(
    'a lone %s is hidden for a while only',
    (marker) => {
      const text = `${marker}x ${repeatTo(sentence, 1_200)}`
      const visible = visibleText(parseInline(text, { references: noReferences, open: true }))
      expect(visible.startsWith(marker.replace('\\', ''))).toBe(true)
    },
  )

  test.each([['*'], ['`'], ['['], ['$'], ['**'], ['~~'], ['_']])(
    'nothing behind a lone %s is held back for long',
    (marker) => {
      const text = `${marker}x ${repeatTo(sentence, 1_200)}`
      for (let length = 1; length <= text.length; length += 1) {
        const part = text.slice(0, length)
        const visible = visibleText(parseInline(part, { references: noReferences, open: true }))
        expect(part.length - visible.length).toBeLessThan(16)
      }
    },
  )
})

test('the brackets of what turns out to be no link come with what follows them', () => {
  expect(shown('see [some words]')).toBe('see some words')
  expect(shown('see [some words] ')).toBe('see [some words]')
})

describe('growing by a character, what is visible only grows', () => {
  const texts = [
    'Hello **bold text** and *emphasis*, ~~gone~~ and `code` and ***both*** at **the *end***.',
    'A [link text](https://example.com/a "title") and [1] and a[0] and [**bold** link](/b).',
    'An image ![of a cat](/cat.png) and [![badge](/badge.svg) text](/a)!',
    'Prices $5 and $10, formulas $x^2$ and $\\frac{a}{b}$, \\(c\\) and $$d$$.',
    'R&D, AT&amp;T &copy; and 2 * 3 * 4, 2*3, snake_case, 20~25, a < b, <br> and <https://a.b/c>.',
    'See https://example.com/a?b=c. Or www.example.com, or me@example.com!',
    '中文**强调：**后文，*斜体。*后，`代码`，[链接文字](https://example.com)。价格$5，公式$x$和“引号”。',
    'A line\nand **bold\nover** lines  \nhard, *emphasis\nover* lines\\\nand more.',
    'Escapes \\*not\\* and \\[1\\] and 😀 emoji 👨‍👩‍👧 and “quotes”.',
  ]

  test.each(texts)('%s', (text) => {
    const reader = createInlineReader({ references: noReferences, start: 0 })
    let before = ''
    for (let length = 1; length <= text.length; length += 1) {
      const runs = reader.read(text.slice(0, length), { open: true })
      const visible = visibleText(inlinesOf(runs)).trimEnd()
      expect(visible.startsWith(before), `${before} → ${visible}`).toBe(true)
      before = visible
    }
    const whole = visibleText(parseInline(text, { references: noReferences, open: false }))
    expect(whole.startsWith(before)).toBe(true)
    expect(before.length).toBeGreaterThan(whole.length - 4)
  })
})
