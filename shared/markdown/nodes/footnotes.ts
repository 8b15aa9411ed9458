import { normalizeLabel } from '../inline/references'
import type { SourceFootnote } from '../block/source-block'
import type { Footnote } from '../tree'
import type { FootnoteContent } from './block-builder'
import type { FootnoteNumbers } from './footnote-numbers'
import { share, shareItems } from './share'
import type { Builder } from './builder'

type FootnoteBuilder = Builder<SourceFootnote, FootnoteContent>
type Definition = { content: FootnoteContent | undefined }

/** The footnotes that are both defined and referred to, in the order of their numbers. */
export type Footnotes = {
  /** Follows what a footnote says. The first definition of a label is the one that counts. */
  follow(source: SourceFootnote, builder: FootnoteBuilder): FootnoteBuilder
  /** Costs as much as there are footnotes that have changed. */
  update(): readonly Footnote[]
}

export function createFootnotes(numbers: FootnoteNumbers): Footnotes {
  const definitions = new Map<string, readonly Definition[]>()
  const changed = new Set<string>()
  const slots: (Footnote | undefined)[] = []
  let shown: readonly Footnote[] = []

  function set(label: string, change: (known: readonly Definition[]) => readonly Definition[]) {
    definitions.set(label, change(definitions.get(label) ?? []))
    changed.add(label)
  }

  function footnoteOf(label: string): Footnote | undefined {
    const content = definitions.get(label)?.[0]?.content
    const number = numbers.numberOf(label)
    const references = numbers.counts.get(label)
    if (!content || number === undefined || references === undefined) return undefined
    return { ...content, number, references }
  }

  return {
    follow({ label: written }, builder) {
      const label = normalizeLabel(written)
      const definition: Definition = { content: undefined }
      set(label, (known) => [...known, definition])
      return {
        accepts: (source) => builder.accepts(source),
        update(source) {
          const content = builder.update(source)
          if (content !== definition.content) changed.add(label)
          definition.content = content
          return content
        },
        dispose() {
          set(label, (known) => known.filter((other) => other !== definition))
          builder.dispose()
        },
      }
    },
    update() {
      const labels = new Set([...changed, ...numbers.takeChanged()])
      changed.clear()
      if (labels.size === 0) return shown
      slots.length = numbers.counts.size
      for (const label of labels) {
        const number = numbers.numberOf(label)
        if (number === undefined) continue
        const footnote = footnoteOf(label)
        slots[number - 1] = footnote && share(slots[number - 1], footnote)
      }
      shown = shareItems(
        shown,
        slots.filter((footnote) => footnote !== undefined),
      )
      return shown
    },
  }
}
