import { beginsWith } from './begins-with'
import { outlineOf } from './block/outline'
import { beginning, takeLines, takeRest, tryRest, type OnLine } from './block/take-lines'
import type { MarkdownTree } from './tree'
import { createDocumentView } from './view/document-view'

export type MarkdownReader = {
  /**
   * Reads the whole text so far. Where it goes on from what was read before, only the new part is parsed, and what
   * says the same as before is the same object; otherwise everything starts anew. While `streaming`, half-open syntax
   * at the end is closed or held back; at last the tree is that of the whole text, however it was read before.
   */
  read(text: string, options: { readonly streaming: boolean }): MarkdownTree
}

type Reading = {
  readonly text: string
  readonly streaming: boolean
  readonly tree: MarkdownTree
}

export function createMarkdownReader({
  onLine = () => {},
}: { onLine?: OnLine } = {}): MarkdownReader {
  let view = createDocumentView()
  let progress = beginning
  let hasNull = false
  let last: Reading | undefined

  function prepare(text: string): void {
    if (beginsWith(text, last?.text ?? '')) return
    view = createDocumentView()
    progress = beginning
    hasNull = false
    last = undefined
  }

  return {
    read(text, { streaming }) {
      if (last?.text === text && last.streaming === streaming) return last.tree
      prepare(text)
      const known = last?.text.length ?? 0
      hasNull ||= text.includes('\0', known)
      // The last character may have been the first of a line end.
      const searched = Math.max(0, known - 1)
      const source = { text: hasNull ? text.replaceAll('\0', '\ufffd') : text, searched, onLine }
      progress = takeLines(source, progress)
      const state = streaming ? tryRest(source, progress) : takeRest(source, progress)
      last = { text, streaming, tree: view.update(outlineOf(state), { streaming }) }
      return last.tree
    },
  }
}
