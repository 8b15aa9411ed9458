import { expect, test } from 'vitest'
import type { CodeBlock, Groups } from '@/shared/markdown/tree'
import { createFakeTimers } from '../testing/fake-timers'
import { createCodeDocument, linesMax } from './code-document'
import type { HighlightRequest } from './highlight-protocol'
import { createHighlighter } from './highlighter'
import { createFakeWorker } from './testing/fake-worker'

const groupSize = 4

function setUp() {
  const worker = createFakeWorker()
  const { timers } = createFakeTimers()
  const document = createCodeDocument(createHighlighter({ ...worker, timers }))
  const sent: string[] = []
  const settle = () => {
    while (worker.begun.at(-1)?.requests.some(({ type }) => type !== 'forget'))
      sent.push(...linesOf(worker.answer()))
    return sent.splice(0)
  }
  return { worker, document, settle }
}

function linesOf(request: HighlightRequest): readonly string[] {
  return request.type === 'tokenize' ? request.lines : []
}

function blockOf(lines: string[], { open = true, language = 'ts' } = {}): CodeBlock {
  return { type: 'code', key: 0, language, lines: grouped(lines), open }
}

function grouped(lines: string[]): Groups<string> {
  return Array.from({ length: Math.ceil(lines.length / groupSize) }, (_, index) =>
    lines.slice(index * groupSize, (index + 1) * groupSize),
  )
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`)

test('a line is coloured when it has ended, and each is sent once', () => {
  const { document, settle } = setUp()
  document.setNear(0, true)
  document.update(blockOf(['a']))
  expect(settle()).toEqual([])
  document.update(blockOf(['ab', 'c']))
  expect(settle()).toEqual(['ab'])
  document.update(blockOf(['ab', 'cd']))
  expect(settle()).toEqual([])
  expect(document.colours(0)?.texts).toEqual(['ab'])
  document.update(blockOf(['ab', 'cd'], { open: false }))
  expect(settle()).toEqual(['cd'])
  expect(document.colours(0)?.texts).toEqual(['ab', 'cd'])
  expect(document.text()).toBe('ab\ncd')
})

test('colours change in one group, and only those who watch it hear of it', () => {
  const { document, settle } = setUp()
  const heard = [0, 0]
  for (const group of [0, 1]) {
    document.setNear(group, true)
    document.subscribe(group, () => (heard[group] = (heard[group] ?? 0) + 1))
  }
  document.update(blockOf(numbered(6)))
  settle()
  const first = document.colours(0)
  expect(heard).toEqual([1, 1])
  document.update(blockOf(numbered(7)))
  settle()
  expect(heard).toEqual([1, 2])
  expect(document.colours(0)).toBe(first)
})

test('only what is near is tokenised, with what comes before it, and only what is near is shown', () => {
  const { document, settle } = setUp()
  document.update(blockOf(numbered(40), { open: false }))
  expect(settle()).toEqual([])
  document.setNear(1, true)
  expect(settle()).toEqual(numbered(8))
  expect(document.colours(0)).toBeUndefined()
  expect(document.colours(1)?.texts).toEqual(numbered(8).slice(4))
  document.setNear(1, false)
  expect(document.colours(1)).toBeUndefined()
  document.setNear(0, true)
  expect(settle(), 'it is known').toEqual([])
  expect(document.colours(0)?.texts).toEqual(numbered(4))
})

test('an answer for lines that say something else by now is dropped from there on', () => {
  const { document, worker, settle } = setUp()
  document.setNear(0, true)
  document.update(blockOf(['a', 'b', 'c', '']))
  worker.answer()
  document.update(blockOf(['a', 'other', 'c', '']))
  worker.answer()
  expect(document.colours(0)?.texts).toEqual(['a'])
  expect(settle()).toEqual(['other', 'c'])
  expect(document.colours(0)?.texts).toEqual(['a', 'other', 'c'])
})

test('a text that begins again and grows back keeps its colours', () => {
  const { document, settle } = setUp()
  document.setNear(0, true)
  document.setNear(1, true)
  document.update(blockOf(numbered(7)))
  settle()
  document.update(blockOf(numbered(2)))
  document.update(blockOf(numbered(8)))
  expect(settle()).toEqual(['line 6'])
  document.update(blockOf([...numbered(3), 'new', 'last', '']))
  expect(settle()).toEqual(['new', 'last'])
})

test('another language begins anew, an unknown one costs nothing', () => {
  const { document, worker, settle } = setUp()
  document.setNear(0, true)
  document.update(blockOf(['a', ''], { language: 'klingon' }))
  expect(worker.begun).toHaveLength(0)
  document.update(blockOf(['a', '']))
  expect(settle()).toEqual(['a'])
  document.update(blockOf(['a', ''], { language: 'python' }))
  expect(document.colours(0)).toBeUndefined()
  expect(settle()).toEqual(['a'])
})

test('lines beyond the bound stay plain', () => {
  const { document, settle } = setUp()
  document.setNear(linesMax / groupSize + 1, true)
  document.update(blockOf(numbered(linesMax + 10), { open: false }))
  expect(settle()).toHaveLength(linesMax)
})

test('what is selected keeps what it shows until the selection is gone', () => {
  const { document, settle } = setUp()
  document.setNear(0, true)
  document.setNear(1, true)
  document.update(blockOf(numbered(6)))
  document.hold({ first: 1, last: 2 })
  settle()
  expect(document.colours(0)).toBeDefined()
  expect(document.colours(1)).toBeUndefined()
  document.hold(undefined)
  const shown = document.colours(1)
  expect(shown?.texts).toEqual(['line 4'])
  document.hold({ first: 1, last: 1 })
  document.setNear(1, false)
  expect(document.colours(1)).toBe(shown)
  document.hold(undefined)
  expect(document.colours(1)).toBeUndefined()
})

test('a block that could not be coloured is plain and is not tried again', () => {
  const { document, worker, settle } = setUp()
  document.setNear(0, true)
  document.update(blockOf(['a', '']))
  settle()
  document.update(blockOf(['a', 'b', '']))
  worker.begun[0]?.events.reply({ type: 'tokenize-failed' })
  expect(document.colours(0)).toBeUndefined()
  document.update(blockOf(['a', 'b', 'c', '']))
  worker.begun[0]?.requests.splice(0)
  expect(settle()).toEqual([])
})
