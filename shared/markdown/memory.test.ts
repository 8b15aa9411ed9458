import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createMarkdownReader } from './markdown-reader'
import type { MarkdownTree } from './tree'

const chunkLength = 16
const treeBytesMax = 15_000_000

const shapes = {
  list: (index: number) => `- Item ${index} says **something** about \`things\`\n`,
  'one long paragraph': (index: number) => `Sentence ${index} says **something** of \`things\`. `,
  code: (index: number) => (index === 0 ? '```ts\n' : `const value${index} = ${index}\n`),
  footnotes: (index: number) => `A note[^${index}] stands here.\n\n[^${index}]: What it says.\n\n`,
}

/** A piece of a text keeps the whole of it alive unless it is copied; each frame brings another whole text. */
test.each(Object.entries(shapes))('keeps no earlier text alive: %s', (_, piece) => {
  const text = Array.from({ length: 1_500 }, (__, index) => piece(index)).join('')
  const before = heapBytes()
  const tree = readInChunks(text)
  const kept = heapBytes() - before
  expect(tree.blocks.length).toBeGreaterThan(0)
  expect(kept).toBeLessThan(treeBytesMax)
})

function readInChunks(text: string): MarkdownTree {
  const reader = createMarkdownReader()
  let soFar = ''
  for (let end = 0; end < text.length; end += chunkLength) {
    soFar += text.slice(end, end + chunkLength)
    reader.read(soFar, { streaming: true })
  }
  return reader.read(soFar, { streaming: true })
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  // Such a function is there in contexts that are made after the flag was set.
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('Garbage can’t be collected here.')
  // What a first pass finds dead may hold others that only the next one can free.
  for (let pass = 0; pass < 3; pass += 1) collect()
  return process.memoryUsage().heapUsed
}
