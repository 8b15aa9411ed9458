import { expect, test } from 'vitest'
import { createMarkdownReader } from './markdown-reader'
import { cjkExamples, gfmExamples, mathExamples } from './testing/gfm-examples'
import { createShapes } from './testing/shapes'
import type { Block, Groups, MarkdownTree } from './tree'

const { mixed = '' } = createShapes(1_500)

test('the frames of an answer only add blocks', () => {
  expect(changesOf(mixed)).toEqual([])
})

test.each([
  ['bold text at the beginning of a line', '**Bold** text\n\n***all*** of it\n'],
  ['lists with every marker', '- a\n- b\n\n* c\n\n1. d\n2. e\n\n+ f\n'],
  ['a rule between paragraphs', 'a\n\n---\n\n* * *\n\nb\n'],
  ['tables', 'a\n\n| b | c |\n|---|---|\n| d | e |\n\nf\n'],
  ['code of every kind', '```ts\na\n```\n\n~~~\nb\n~~~\n\n    c\n\n`d` e\n'],
  ['formulas', '$$\nx\n$$\n\n\\[\ny\n\\]\n\n$$ z $$\n\n$a$ b\n'],
  ['links and definitions', '[a](/b) c\n\n[d]: /e\n\n[f] g\n\n[^h]\n\n[^h]: i\n'],
  ['tasks', '- [ ] a\n- [x] b\n'],
  ['quotes', '> a\n> b\n>\n> - c\n\nd\n'],
  ['addresses and tags', '<https://a.b> c\n\n<details>\nd\n</details>\n'],
  ...cjkExamples.map((text) => [text, text]),
])('nothing comes and goes: %s', (_, text = '') => {
  expect(changesOf(text)).toEqual([])
})

test('a heading’s underline changes a paragraph once', () => {
  expect(changesOf('a\n---\nb\n===\n')).toEqual([
    '0: paragraph → heading',
    '6: paragraph → heading',
  ])
})

test('a table without a pipe at its beginning was text', () => {
  expect(changesOf('a | b\n--|--\nc | d\n')).toEqual(['0: paragraph → table'])
})

test('no block changes back', () => {
  for (const text of [...Object.values(gfmExamples).flat(), ...mathExamples]) {
    const changes = changesOf(text)
    expect(new Set(changes).size, `${JSON.stringify(text)} ${changes.join()}`).toBe(changes.length)
  }
})

/** What happens from one frame to the next to a block that was there. */
function changesOf(text: string): readonly string[] {
  const reader = createMarkdownReader()
  const changes: string[] = []
  let before = new Map<string, string>()
  for (let length = 1; length <= text.length; length += 1) {
    const after = typesOf(reader.read(text.slice(0, length), { streaming: true }))
    for (const [path, type] of before) {
      const next = after.get(path)
      if (next !== type) changes.push(`${path}: ${type} → ${next ?? 'gone'}`)
    }
    before = after
  }
  return changes
}

function typesOf({ blocks, footnotes }: MarkdownTree): Map<string, string> {
  const types = new Map<string, string>()
  const visit = (groups: Groups<Block>, parent: string): void => {
    for (const block of groups.flat()) {
      const path = `${parent}${block.key}`
      types.set(path, block.type)
      if (block.type === 'quote') visit(block.blocks, `${path}/`)
      if (block.type !== 'list') continue
      for (const item of block.items.flat()) visit(item.blocks, `${path}/${item.key}/`)
    }
  }
  visit(blocks, '')
  for (const note of footnotes) visit(note.blocks, `^${note.label}/`)
  return types
}
