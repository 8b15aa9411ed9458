import { describe, expect, test } from 'vitest'
import { createMarkdownReader } from './markdown-reader'
import { createShapes } from './testing/shapes'
import type { MarkdownTree } from './tree'

const chunk = 16
const shapes = Object.entries(createShapes(12_000))

test.each(shapes)('%s: each line is taken once, and tried at most once a frame', (_, text) => {
  const taken = new Map<number, number>()
  let [tried, triedCharacters] = [0, 0]
  const reader = createMarkdownReader({
    onLine({ text: line, start, ended }) {
      if (ended) taken.set(start, (taken.get(start) ?? 0) + 1)
      else {
        tried += 1
        triedCharacters += line.length
      }
    },
  })
  const frames = readGrowing(text, (prefix) => reader.read(prefix, { streaming: true }))
  expect([...taken.values()].every((times) => times === 1)).toBe(true)
  expect(taken.size).toBe(text.split('\n').length - 1)
  expect(tried).toBeLessThanOrEqual(frames)
  const longest = Math.max(...text.split('\n').map((line) => line.length))
  expect(triedCharacters).toBeLessThanOrEqual(frames * longest)
})

describe('what is sealed is the same object in the next frame', () => {
  test.each(shapes)('%s', (_, text) => {
    const reader = createMarkdownReader()
    const seen = new WeakSet<object>()
    const created: number[] = []
    readGrowing(text, (prefix) => {
      created.push(countNew(reader.read(prefix, { streaming: true }), seen))
    })
    // Groups hold 32 items each, and a mixed document is nested: a frame remakes the way down to its end.
    const quarter = Math.floor(created.length / 4)
    const [first, last] = [created.slice(0, quarter), created.slice(-quarter)]
    expect(Math.max(...created)).toBeLessThan(150)
    expect(average(last)).toBeLessThan(2 * average(first) + 10)
  })
})

test('a label defined late creates the way to its own leaf again, and nothing else', () => {
  const reader = createMarkdownReader()
  const text = `${'text\n\n'.repeat(500)}> - [late]\n\n${'text\n\n'.repeat(500)}`
  const seen = new WeakSet<object>()
  countNew(reader.read(text, { streaming: true }), seen)
  const created = countNew(reader.read(`${text}[late]: /url\n\n`, { streaming: true }), seen)
  expect(created).toBeGreaterThan(5)
  expect(created).toBeLessThan(25)
})

test.each([
  ['dollars', '$$\n\n# a\n\n'],
  ['brackets', '\\[\n\n# a\n\n'],
  ['both', '$$\n\\[\n$ \n'],
  ['brackets, all at the end', '\\[\n'],
])('formulas that are not closed are taken a few times at most: %s', (_, piece) => {
  const text = piece.repeat(500)
  const taken = new Map<number, number>()
  const onLine = ({ start }: { start: number }) => taken.set(start, (taken.get(start) ?? 0) + 1)
  createMarkdownReader({ onLine }).read(text, { streaming: false })
  expect(Math.max(...taken.values())).toBeLessThanOrEqual(3)
})

function readGrowing(text: string, read: (prefix: string) => void): number {
  let frames = 0
  for (let length = chunk; length < text.length + chunk; length += chunk) {
    read(text.slice(0, length))
    frames += 1
  }
  return frames
}

/** Objects of the tree that were in none before. */
function countNew(tree: MarkdownTree, seen: WeakSet<object>): number {
  let count = 0
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    count += 1
    for (const child of Object.values(value)) visit(child)
  }
  visit(tree)
  return count
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
