import type { Outline } from '../block/outline'
import { groupsOf, type Sequence } from '../block/sequence'
import type { SourceFootnote } from '../block/source-block'
import { normalizeLabel } from '../inline/references'
import type { MarkdownTree } from '../tree'
import { blocksOf, createFootnoteBuilder } from './block-builder'
import { createFootnoteNumbers } from './footnote-numbers'
import { createFootnotes } from './footnotes'
import { createRegistry } from './registry'
import { createSequenceBuilder } from './sequence-builder'
import { share } from './share'
import type { Place } from './builder'

export type DocumentBuilder = {
  /** The tree of an outline. Where it says the same as the last one, it consists of the same objects. */
  update(outline: Outline, options: { readonly streaming: boolean }): MarkdownTree
}

export function createDocumentBuilder(): DocumentBuilder {
  const shared = { registry: createRegistry(), numbers: createFootnoteNumbers() }
  const root = { markStale() {} }
  const footnotes = createFootnotes(shared.numbers)
  const createFootnote = (source: SourceFootnote, place: Place) =>
    footnotes.follow(source, createFootnoteBuilder(source, shared, place))
  const blockBuilders = createSequenceBuilder(blocksOf(shared), root)
  const footnoteBuilders = createSequenceBuilder(createFootnote, root)
  let tree: MarkdownTree | undefined

  function updateBuilders(outline: Outline): MarkdownTree['blocks'] {
    footnoteBuilders.update(outline.footnotes)
    return blockBuilders.update(outline.blocks)
  }

  return {
    update(outline, { streaming }) {
      const defined = streaming ? undefined : labelsOf(outline.footnotes)
      shared.registry.update(outline.definitions, defined)
      updateBuilders(outline)
      // Where that changes numbers, the builders that show them are visited once more.
      shared.numbers.settle()
      const blocks = updateBuilders(outline)
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
