import { groupSize, groupsOf, type Sequence } from '../block/sequence'
import type { Groups } from '../tree'
import { shareItems } from './share'
import type { CreateBuilder, Place, Builder } from './builder'

export type SequenceBuilder<Source, Node> = {
  update(sequence: Sequence<Source>): Groups<Node>
  dispose(): void
}

/** The nodes of a growing sequence. A full group is visited again only if something in it has become stale. */
export function createSequenceBuilder<Source, Node>(
  createBuilder: CreateBuilder<Source, Node>,
  place: Place,
): SequenceBuilder<Source, Node> {
  const builders: Builder<Source, Node>[] = []
  const stale = new Set<number>()
  let sources: Groups<Source> = []
  let nodes: Groups<Node> = []

  function updateItem(source: Source, index: number): Node {
    const known = builders[index]
    if (known?.accepts(source)) return known.update(source)
    known?.dispose()
    const markStale = () => {
      stale.add(Math.floor(index / groupSize))
      place.markStale()
    }
    const builder = createBuilder(source, { markStale })
    builders[index] = builder
    return builder.update(source)
  }

  function updateGroup(group: readonly Source[], index: number): readonly Node[] {
    const before = nodes[index]
    if (before && sources[index] === group && !stale.has(index)) return before
    stale.delete(index)
    const next = group.map((source, item) => updateItem(source, index * groupSize + item))
    return shareItems(before, next)
  }

  return {
    update(sequence) {
      const next = groupsOf(sequence)
      nodes = shareItems(nodes, next.map(updateGroup))
      sources = next
      const length = sequence.full.length * groupSize + sequence.last.length
      for (const builder of builders.splice(length)) builder.dispose()
      return nodes
    },
    dispose() {
      for (const builder of builders) builder.dispose()
    },
  }
}
