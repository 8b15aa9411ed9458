import { describe, expect, test } from 'vitest'
import { inlinesToHtml } from '../testing/inline-to-html'
import { noReferences } from '../testing/inline-samples'
import { parseInline } from './parse-inline'

function htmlOf(text: string): string {
  return inlinesToHtml(parseInline(text, { references: noReferences, open: false }))
}

describe('formulas', () => {
  test.each([
    ['$x$', '<math>x</math>'],
    ['so $a^2 + b^2 = c^2$.', 'so <math>a^2 + b^2 = c^2</math>.'],
    ['$x$ and $y$', '<math>x</math> and <math>y</math>'],
    ['the $n$th and $i$-th', 'the <math>n</math>th and <math>i</math>-th'],
    ['$100$ and $2\\times 3$', '<math>100</math> and <math>2\\times 3</math>'],
    ['$O(n log n)$', '<math>O(n log n)</math>'],
    ['中文$x$和$\\text{速度}$，', '中文<math>x</math>和<math>\\text{速度}</math>，'],
    ['**$x$**', '<strong><math>x</math></strong>'],
    ['$a*b*c$', '<math>a*b*c</math>'],
    ['$a_1$ and $b_1$', '<math>a_1</math> and <math>b_1</math>'],
    ['$\\$5 + x$', '<math>\\$5 + x</math>'],
    ['$a\n+ b$', '<math>a\n+ b</math>'],
    ['see $$x = 1$$ here', 'see <math display>x = 1</math> here'],
    ['$Speed = Distance / Time$', '<math>Speed = Distance / Time</math>'],
    ['$$ x $$', '<math display>x</math>'],
    ['\\(a^2\\) and \\[x = 1\\]', '<math>a^2</math> and <math display>x = 1</math>'],
    ['\\(\\text{a \\\\) b}\\)', '<math>\\text{a \\\\) b}</math>'],
    ['\\(*a*\\)', '<math>*a*</math>'],
    ['`$a$` $b$', '<code>$a$</code> <math>b</math>'],
    ['$5 for $x$', '$5 for <math>x</math>'],
    ['[$x$](/a)', '<a href="/a"><math>x</math></a>'],
  ])('%s', (text, html) => {
    expect(htmlOf(text)).toBe(html)
  })
})

describe('text', () => {
  test.each([
    ['$5 and $10'],
    ['US$5 or R$5'],
    ['$HOME'],
    ['$HOME/bin:$PATH'],
    ['$HOME and ${USER}/$NAME'],
    ['costs $5, or 5$'],
    ['$5-$10'],
    ['$5–$10'],
    ['$1.5M and $2M'],
    ['about $1,000 (or 900€) in May, then 5$'],
    ['价格$5，那个10$'],
    ['价格从$5到$10'],
    ['a $ b $ c'],
    ['$x $y'],
    ['$$'],
    ['$$$ cheap $$$'],
    ['$'],
    ['it costs $5'],
  ])('%s', (text) => {
    expect(htmlOf(text)).toBe(text)
  })

  test('escaped brackets, parentheses and dollars', () => {
    expect(htmlOf('\\[1\\], \\[sic\\], \\(see above\\), \\$5\\$')).toBe(
      '[1], [sic], (see above), $5$',
    )
    expect(htmlOf('\\(a')).toBe('(a')
    expect(htmlOf('a\\\\(b\\\\)')).toBe('a\\(b\\)')
  })

  test('code that begins within what might be a formula', () => {
    expect(htmlOf('$a `b$` c')).toBe('$a <code>b$</code> c')
  })
})
