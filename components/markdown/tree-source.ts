import { createMarkdownReader, type MarkdownReader } from '@/shared/markdown/markdown-reader'
import type { MarkdownTree } from '@/shared/markdown/tree'
import { createRecentCache } from './recent-cache'

export type TreeSource = (text: string, streaming: boolean) => MarkdownTree

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

  function readFinished(text: string): MarkdownTree {
    const tree =
      reader?.read(text, { streaming: false }) ??
      finished.get(text) ??
      createMarkdownReader().read(text, { streaming: false })
    finished.set(text, tree)
    reader = undefined
    return tree
  }

  return (text, streaming) => {
    if (streaming) {
      last = undefined
      reader ??= createMarkdownReader()
      return reader.read(text, { streaming })
    }
    if (last?.text !== text) last = { text, tree: readFinished(text) }
    return last.tree
  }
}
