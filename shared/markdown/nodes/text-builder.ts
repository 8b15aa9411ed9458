import type { SourceText } from '../block/source-block'
import { createInlineReader } from '../inline/inline-reader'
import type { Heading, Paragraph } from '../tree'
import { createRunsBuilder } from './runs-builder'
import { share } from './share'
import type { Place, Shared, Builder } from './builder'

/** A paragraph or heading, read on as it grows. */
export function createTextBuilder(
  { key, type }: SourceText,
  { registry, numbers }: Shared,
  { markStale }: Place,
): Builder<SourceText, Paragraph | Heading> {
  let read: SourceText | undefined
  let node: Paragraph | Heading | undefined
  let isStale = false
  const restart = () => {
    reader.reset()
    renumber()
  }
  const renumber = () => {
    isStale = true
    markStale()
  }
  const watcher = { onChange: restart }
  const reader = createInlineReader({ references: registry.referencesFor(watcher), start: key })
  const runsBuilder = createRunsBuilder(numbers, renumber)

  return {
    accepts: (source) => source.key === key && source.type === type,
    update(source) {
      if (node && read === source && !isStale) return node
      isStale = false
      read = source
      const runs = runsBuilder.update(reader.read(source.text, { open: source.open }))
      node = share(node, nodeOf(source, runs))
      return node
    },
    dispose() {
      registry.forget(watcher)
      runsBuilder.dispose()
    },
  }
}

function nodeOf({ key, type, level }: SourceText, runs: Paragraph['runs']): Paragraph | Heading {
  return type === 'paragraph' ? { type, key, runs } : { type, key, level, runs }
}
