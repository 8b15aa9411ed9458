import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import en from '@/shared/i18n/en.json'
import { createMarkdownReader } from '@/shared/markdown/markdown-reader'
import { loadParts } from './testing/load-parts'
import { FakeDocument, FakeIntersectionObserver } from './testing/fake-document'
import { createReadCounter } from './testing/read-counter'
import { TreeView } from './tree-view'

beforeAll(loadParts)

let unmount: () => void

beforeEach(() => {
  unmount = () => {}
})
afterEach(() => unmount())

/** Streams texts into one view, as the app does, and tells what each frame rendered and made. */
function startRendering() {
  const fake = new FakeDocument()
  vi.stubGlobal('window', fake.defaultView)
  vi.stubGlobal('document', fake)
  vi.stubGlobal('IntersectionObserver', FakeIntersectionObserver)
  const container = fake.createElement('div')
  // Proof: React uses of a container only what the fake has.
  const root = createRoot(container as unknown as Element)
  const reader = createMarkdownReader()
  const reads = createReadCounter()
  unmount = () => {
    flushSync(() => root.unmount())
    // Effects that end with it run before the next update, and so before the fakes are gone.
    flushSync(() => {})
  }

  function show(node: ReactNode): void {
    flushSync(() =>
      root.render(
        <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
          {node}
        </NextIntlClientProvider>,
      ),
    )
  }

  return {
    frame: (text: string, streaming = true) => {
      const before = fake.nodesMade
      show(<TreeView tree={reads.watch(reader.read(text, { streaming }))} />)
      return { rendered: reads.take(), made: fake.nodesMade - before }
    },
    text: () => container.textContent,
  }
}

const shapes = {
  list: (index: number) => `- item ${index} has *some* text\n`,
  'list of loose items': (index: number) => `${index + 1}. item\n\n   and more\n\n`,
  table: (index: number) =>
    index === 0 ? '| a | b |\n| - | - |\n' : `| cell ${index} | *other* |\n`,
  'one paragraph': (index: number) => `Sentence ${index} of one paragraph, with *words*.\n`,
  paragraphs: (index: number) => `Paragraph ${index} with **strong** words.\n\n`,
  quote: (index: number) => `> Line ${index}\n>\n`,
  code: (index: number) => (index === 0 ? '```\n' : `line ${index}\n`),
  html: (index: number) => (index === 0 ? '<div>\n' : `<p>line ${index}\n`),
  headings: (index: number) => `## Heading ${index}\n`,
}

test.each(Object.entries(shapes))(
  'a token renders only what leads to the open unit: %s',
  (_name, line) => {
    const { frame, text } = startRendering()
    let source = ''
    for (let index = 0; index < 1_000; index += 1) source += line(index)
    frame(source)
    for (const token of ['- x', 'y', ' z', '\n']) {
      source += token
      const { rendered, made } = frame(source)
      expect(rendered.length, rendered.join(' ')).toBeLessThan(12)
      expect(made).toBeLessThan(40)
    }
    expect(text()).toContain('xy z')
  },
)

test('the end of the text renders only what was open', () => {
  const { frame } = startRendering()
  const source = `${shapes.list(1).repeat(500)}\n${shapes.paragraphs(1).repeat(500)}and the end`
  frame(source)
  const { rendered, made } = frame(source, false)
  expect(rendered.length, rendered.join(' ')).toBeLessThan(12)
  expect(made).toBe(0)
})

test('a list that turns loose renders none of its items', () => {
  const { frame } = startRendering()
  const source = shapes.list(1).repeat(200)
  frame(source)
  const { made } = frame(`${source}\n- loose`)
  expect(made).toBeLessThan(10)
})

test('a definition renders what refers to it, and nothing else', () => {
  const { frame } = startRendering()
  const source = `${shapes.paragraphs(1).repeat(300)}See [the page].\n\n${shapes.list(1).repeat(300)}\n`
  frame(source)
  const { rendered } = frame(`${source}[the page]: https://example.org\n`)
  expect(rendered.length, rendered.join(' ')).toBeLessThan(12)
})
