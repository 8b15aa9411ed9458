import type { Outline } from '../block/outline'
import { groupsOf, type Sequence } from '../block/sequence'
import type { SourceFootnote } from '../block/source-block'
import { normalizeLabel } from '../inline/references'
import type { MarkdownTree } from '../tree'
import { blocksOf, createFootnoteView } from './block-view'
import { createFootnoteNumbers } from './footnote-numbers'
import { createFootnotes } from './footnotes'
import { createRegistry } from './registry'
import { createSequenceView } from './sequence-view'
import { share } from './share'
import type { Place } from './view'

export type DocumentView = {
  /** The tree of an outline. Where it says the same as the last one, it consists of the same objects. */
  update(outline: Outline, options: { readonly streaming: boolean }): MarkdownTree
}

export function createDocumentView(): DocumentView {
  const shared = { registry: createRegistry(), numbers: createFootnoteNumbers() }
  const root = { markStale() {} }
  const footnotes = createFootnotes(shared.numbers)
  const createFootnote = (source: SourceFootnote, place: Place) =>
    footnotes.follow(source, createFootnoteView(source, shared, place))
  const blockViews = createSequenceView(blocksOf(shared), root)
  const footnoteViews = createSequenceView(createFootnote, root)
  let tree: MarkdownTree | undefined

  function updateViews(outline: Outline): MarkdownTree['blocks'] {
    footnoteViews.update(outline.footnotes)
    return blockViews.update(outline.blocks)
  }

  return {
    update(outline, { streaming }) {
      const defined = streaming ? undefined : labelsOf(outline.footnotes)
      shared.registry.update(outline.definitions, defined)
      updateViews(outline)
      // Where that changes numbers, the views that show them are visited once more.
      shared.numbers.settle()
      const blocks = updateViews(outline)
      const { firstHeadingLevel } = outline
      tree = share(tree, { blocks, footnotes: footnotes.update(), firstHeadingLevel })
      return tree
    },
  }
}

function labelsOf(footnotes: Sequence<SourceFootnote>): ReadonlySet<string> {
  return new Set(
    groupsOf(footnotes).flatMap((group) => group.map(({ label }) => normalizeLabel(label))),
  )
}
