import { beginsWith } from './begins-with'
import { outlineOf } from './block/outline'
import { beginning, takeLines, takeRest, tryRest, type OnLine } from './block/take-lines'
import type { MarkdownTree } from './tree'
import { createDocumentBuilder } from './nodes/document-builder'

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
  /** The text without null characters, which CommonMark replaces. */
  readonly source: string
  readonly tree: MarkdownTree
}

type Options = { readonly onLine?: OnLine }

export function createMarkdownReader({ onLine = () => {} }: Options = {}): MarkdownReader {
  let builder = createDocumentBuilder()
  let progress = beginning
  let last: Reading | undefined

  function startAnew(): void {
    builder = createDocumentBuilder()
    progress = beginning
    last = undefined
  }

  function readOn(text: string, streaming: boolean): Reading {
    const source = sourceOf(text, last)
    // The last character may have been the first of a line end.
    const searched = Math.max(0, (last?.text.length ?? 0) - 1)
    progress = takeLines({ text: source, searched, onLine }, progress)
    const take = streaming ? tryRest : takeRest
    const state = take({ text: source, searched, onLine }, progress)
    return { text, streaming, source, tree: builder.update(outlineOf(state), { streaming }) }
  }

  return {
    read(text, { streaming }) {
      if (last?.text === text && last.streaming === streaming) return last.tree
      if (last && !beginsWith(text, last.text)) startAnew()
      last = readOn(text, streaming)
      return last.tree
    },
  }
}

function sourceOf(text: string, last: Reading | undefined): string {
  const known = last?.text.length ?? 0
  const isKnownClean = !last || last.source === last.text
  if (isKnownClean && !text.includes('\0', known)) return text
  return (last?.source ?? '') + text.slice(known).replaceAll('\0', '\ufffd')
}
