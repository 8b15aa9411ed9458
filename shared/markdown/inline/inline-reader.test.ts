import { describe, expect, test } from 'vitest'
import { inlinesOf, noReferences, repeatTo } from '../testing/inline-samples'
import { createRandom } from '../testing/random'
import { inlinesToHtml } from '../testing/inline-to-html'
import type { Groups, Run } from '../tree'
import { createInlineReader } from './inline-reader'
import { parseInline } from './parse-inline'
import type { References } from './references'

const prose = 'The quick brown fox jumps over the lazy dog and goes on, '
const rich = 'Some **bold** and *emph* and [link](https://a.b/c "t") with `code` and $x^2$ here. '

function freshRead(text: string, references = noReferences): Groups<Run> {
  return createInlineReader({ references, start: 0 }).read(text, { open: false })
}

function htmlOf(runs: Groups<Run>): string {
  return inlinesToHtml(inlinesOf(runs))
}

describe('runs', () => {
  test('a short paragraph is one', () => {
    expect(freshRead('Hello **world**.').flat()).toHaveLength(1)
  })

  test('an empty text has none', () => {
    expect(freshRead('')).toEqual([])
  })

  test.each([[prose], [`${prose}\n`], [rich], ['中文没有空格的一段很长的文字，']])(
    'of 50 KB of “%s” there are few, and none is long',
    (unit) => {
      const runs = freshRead(repeatTo(unit, 50_000)).flat()
      const lengths = runs.slice(1).map((run, index) => run.key - (runs[index]?.key ?? 0))
      expect(Math.min(...lengths)).toBeGreaterThanOrEqual(200)
      expect(Math.max(...lengths)).toBeLessThan(300)
    },
  )

  test('their keys begin at `start` and say where they stand in the text', () => {
    const reader = createInlineReader({ references: noReferences, start: 7_000 })
    const [first, second] = reader.read(repeatTo(prose, 1_000), { open: false }).flat()
    expect(first?.key).toBe(7_000)
    expect(second?.key).toBeGreaterThanOrEqual(7_200)
  })

  test('emphasis over a line end, and a whole line, stays in one piece', () => {
    const text = `${repeatTo(prose, 190)} **bold\n${repeatTo(prose, 400)}\nover** it`
    expect(htmlOf(freshRead(text))).toBe(
      inlinesToHtml(parseInline(text, { references: noReferences, open: false })),
    )
    expect(htmlOf(freshRead(text)).match(/<strong>/g)).toHaveLength(1)
  })

  test('full ones stay the same objects while the text grows, and when it ends', () => {
    const text = repeatTo(rich, 5_000)
    const reader = createInlineReader({ references: noReferences, start: 0 })
    const seen = new Map<number, Run>()
    for (let length = 0; length < text.length; length += 3) {
      const runs = reader.read(text.slice(0, length), { open: true }).flat()
      for (const run of runs.slice(0, -2)) {
        expect(run).toBe(seen.get(run.key) ?? run)
        seen.set(run.key, run)
      }
    }
    const last = reader.read(text, { open: false }).flat()
    for (const run of last.slice(0, -2)) expect(run).toBe(seen.get(run.key))
    expect(seen.size).toBeGreaterThan(15)
  })

  test('a frame that shows nothing new is the same object', () => {
    const reader = createInlineReader({ references: noReferences, start: 0 })
    const runs = reader.read('a **bold', { open: true })
    expect(reader.read('a **bold', { open: true })).toBe(runs)
    expect(reader.read('a **bold*', { open: true })).toBe(runs)
    expect(reader.read('a **bold**', { open: true })).toBe(runs)
  })
})

describe('texts that do not go on from the last', () => {
  test('are read anew', () => {
    const reader = createInlineReader({ references: noReferences, start: 0 })
    reader.read(`${repeatTo(rich, 3_000)} *a`, { open: true })
    const shorter = repeatTo(rich, 2_000)
    expect(reader.read(shorter, { open: false })).toEqual(freshRead(shorter))
    const other = `x ${repeatTo(rich, 3_000)}`
    expect(reader.read(other, { open: false })).toEqual(freshRead(other))
  })
})

describe('references', () => {
  test('after a reset a new definition counts', () => {
    const defined = new Set<string>()
    const references: References = {
      link: (label) => (defined.has(label) ? { url: `/${label}`, title: undefined } : undefined),
      footnote: () => undefined,
    }
    const reader = createInlineReader({ references, start: 0 })
    const text = 'See [the  Page], [other][ref] and x[^note] here.'
    reader.read(text, { open: false })
    defined.add('REF')
    reader.reset()
    expect(htmlOf(reader.read(text, { open: false }))).toContain('<a href="/REF">other</a>')
  })

  test('a reset changes no run that says the same as before', () => {
    const reader = createInlineReader({ references: noReferences, start: 0 })
    const runs = reader.read(repeatTo(rich, 2_000), { open: true })
    reader.reset()
    expect(reader.read(repeatTo(rich, 2_000), { open: true })).toBe(runs)
  })
})

describe('however a text is cut, its last frame is what it says when read at once', () => {
  const tokens =
    '* ** *** _ __ ~~ ~ ` `` [ ] ![ ]( ( ) < > <a\u00a0href=" "> <b> <!-- --> & &amp; &am ; \\ \\* \\( \\) \\[ \\] $ $$ x 5 word ， 中文 。 “ ” foo [foo] [^1] https://a.b/c http:// www. a_ @b a@b.co . " ! /url "t" 😀 \ud83d é : - + <https://x.y w @ _a_ a_b 한국'
      .split(' ')
      .map((token) => token.replace('\u00a0', ' '))
  const all = [...tokens, ' ', ' ', ' ', ' ', ' ', '\n', '  \n']
  const references: References = {
    link: (label) => (label === 'FOO' ? { url: '/foo', title: undefined } : undefined),
    footnote: () => ({ number: 1, occurrence: 1 }),
  }

  test.each([[1], [2], [3], [4]])('random texts, %i', (seed) => {
    const random = createRandom(seed)
    for (let round = 0; round < 500; round += 1) {
      const text = randomText(random)
      const reader = createInlineReader({ references, start: 0 })
      for (let length = 0; length < text.length; length += 1 + random(8)) {
        const part = text.slice(0, length)
        reader.read(part, { open: true })
        if (random(4) > 0) continue
        expect(reader.read(part, { open: false }), part).toEqual(freshRead(part, references))
      }
      const runs = reader.read(text, { open: false })
      expect(runs, text).toEqual(freshRead(text, references))
      expect(htmlOf(runs), text).toBe(inlinesToHtml(parseInline(text, { references, open: false })))
    }
  })

  function randomText(random: (limit: number) => number): string {
    const length = 3 + random(random(10) === 0 ? 400 : 25)
    const text = Array.from({ length }, () => all[random(all.length)]).join('')
    return text.replace(/\n[ \n]+/g, '\n').trimStart()
  }
})
