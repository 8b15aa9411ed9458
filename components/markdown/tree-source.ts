import { createMarkdownReader, type MarkdownReader } from '@/shared/markdown/markdown-reader'
import type { MarkdownTree } from '@/shared/markdown/tree'
import { createRecentCache } from './recent-cache'

export type TreeSource = (source: {
  text: string
  streaming: boolean
  /** Which names of characters the parser knows: what was read with fewer of them is read again. */
  names: 'common' | 'all'
}) => MarkdownTree

/** Counted in characters: a tree takes a few times the memory of its text. */
const finished = createRecentCache<MarkdownTree>({
  sizeMax: 1_000_000,
  sizeOf: (text) => text.length,
})

/**
 * Reads one text as it grows. Asking twice for the same gives the same object, so it may be called while rendering. A
 * finished text needs no reader of its own any more, and one that was shown before is not parsed again.
 */
export function createTreeSource(): TreeSource {
  let reader: MarkdownReader | undefined
  let last: { text: string; tree: MarkdownTree } | undefined
  let lastNames: string | undefined

  function readFinished(text: string, names: string): MarkdownTree {
    const key = `${names} ${text}`
    const tree =
      reader?.read(text, { streaming: false }) ??
      finished.get(key) ??
      createMarkdownReader().read(text, { streaming: false })
    finished.set(key, tree)
    reader = undefined
    return tree
  }

  return ({ text, streaming, names }) => {
    if (names !== lastNames) reader = last = undefined
    lastNames = names
    if (streaming) {
      last = undefined
      reader ??= createMarkdownReader()
      return reader.read(text, { streaming })
    }
    if (last?.text !== text) last = { text, tree: readFinished(text, names) }
    return last.tree
  }
}
