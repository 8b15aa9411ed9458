import { describe, expect, test } from 'vitest'
import { noReferences, repeatTo } from '../testing/inline-samples'
import { createInlineReader } from './inline-reader'

const prose = 'The quick brown fox jumps over the lazy dog and goes on, '
const rich = 'Some **bold** and *emph* and [link](https://a.b/c "t") with `code` and $x^2$ here. '
const size = 50_000

/** Shapes of text that make a careless parser look at the same characters again and again. */
const shapes: readonly (readonly [name: string, text: string])[] = [
  ['prose in one line', repeatTo(prose, size)],
  ['prose in many lines', repeatTo(`${prose}\n`, size)],
  ['emphasis and links throughout', repeatTo(rich, size)],
  ['Chinese', repeatTo('中文没有空格的一段很长的文字，', size)],
  ['a lone [', `[${repeatTo(prose, size)}`],
  ['a lone *', `*${repeatTo(prose, size)}`],
  ['a lone `', `\`${repeatTo(prose, size)}`],
  ['a lone $', `$${repeatTo(prose, size)}`],
  ['a lone ** before emphasis and links', `**${repeatTo(rich, size)}`],
  ['[', '['.repeat(25_000)],
  ['*', '*'.repeat(25_000)],
  ['![', '!['.repeat(10_000)],
  ['nested brackets', '['.repeat(12_500) + ']'.repeat(12_500)],
  ['<', '<'.repeat(25_000)],
  ['&', '&'.repeat(25_000)],
  ['\\', '\\'.repeat(25_000)],
  ['a word without end', 'a'.repeat(size)],
  ['emoji', repeatTo('😀', size)],
  ['spaces', `a${' '.repeat(size)}b`],
  ['growing backticks', Array.from({ length: 300 }, (_, index) => '`'.repeat(index)).join(' ')],
  ...(
    [
      'a <b ',
      '<a <',
      '<!-- a ',
      '<a b="',
      '<?',
      '<![CDATA[',
      '&am ',
      '*a ',
      '*a_ ',
      '**a *b_ ',
      '*a**',
      '~~a ',
      '[a](<b',
      '[a]( ',
      '[a](b "',
      '[a](b(',
      '[a] ',
      '[a][b',
      '[[a](b) ',
      '![[]()',
      '[^a ',
      '\\( a ',
      '\\[ a \\) ',
      '$$ a ',
      '$a ',
      '$5 and ',
      '` ``a ',
      '_www.',
      'www.a_*',
      'http://a ',
      'http://a)',
      'a@a.',
      'a.b-@',
      '*a `b ',
    ] as const
  ).map((unit) => [unit, repeatTo(unit, size / 5)] as const),
]

function costOf(text: string): number {
  const reader = createInlineReader({ references: noReferences, start: 0 })
  for (let length = 8; length <= text.length; length += 8) {
    reader.read(text.slice(0, length), { open: true })
  }
  reader.read(text, { open: false })
  return reader.cost / text.length
}

describe('eight characters at a time, the cost of a character does not grow with the text', () => {
  test.each(shapes)('%s', (_name, text) => {
    const short = costOf(text.slice(0, text.length / 4))
    const long = costOf(text)
    expect(long).toBeLessThan(300)
    expect(long).toBeLessThan(1.3 * short + 4)
  })

  test.each(shapes.slice(0, 4))('%s costs a few looks only', (_name, text) => {
    expect(costOf(text)).toBeLessThan(6)
  })
})

describe('200 KB at once take no time worth speaking of', () => {
  test.each(shapes)('%s', (_name, text) => {
    const long = repeatTo(text, 200_000)
    const reader = createInlineReader({ references: noReferences, start: 0 })
    const start = performance.now()
    reader.read(long, { open: false })
    // Linear, it is some 5 to 200 ms; a quadratic path takes many seconds.
    expect(performance.now() - start).toBeLessThan(8_000)
  })
})

describe('deep nesting is text beyond a bound', () => {
  test.each([
    ['emphasis', '*a **b '.repeat(5_000) + 'c** d* '.repeat(5_000)],
    ['images', '!['.repeat(5_000) + 'a' + '](b)'.repeat(5_000)],
  ])('%s', (_name, text) => {
    const reader = createInlineReader({ references: noReferences, start: 0 })
    const runs = reader.read(text, { open: false })
    expect(depthOf(JSON.stringify(runs))).toBeLessThan(350)
  })
})

/** How deeply brackets and braces nest. */
function depthOf(json: string): number {
  let depth = 0
  let deepest = 0
  for (const character of json.replaceAll(/"[^"]*"/g, '')) {
    if (character === '[' || character === '{') depth += 1
    if (character === ']' || character === '}') depth -= 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}
