import type { Sequence } from '../block/sequence'
import type { Groups } from '../tree'
import { createSequenceBuilder } from './sequence-builder'
import { share } from './share'
import type { CreateBuilder, Place, Builder } from './builder'

type Kind<Source, Child, ChildNode, Node> = {
  readonly childrenOf: (source: Source) => Sequence<Child>
  readonly createChild: CreateBuilder<Child, ChildNode>
  readonly nodeOf: (source: Source, children: Groups<ChildNode>) => Node
}

/** The builder of what consists of a growing sequence of other things. */
export function createContainerBuilder<
  Source extends object,
  Child,
  ChildNode,
  Node extends object,
>(
  kind: Kind<Source, Child, ChildNode, Node>,
  accepts: (source: Source) => boolean,
  place: Place,
): Builder<Source, Node> {
  let read: Source | undefined
  let node: Node | undefined
  let isStale = false
  const markStale = () => {
    isStale = true
    place.markStale()
  }
  const children = createSequenceBuilder(kind.createChild, { markStale })
  return {
    accepts,
    update(source) {
      if (node && read === source && !isStale) return node
      isStale = false
      read = source
      node = share(node, kind.nodeOf(source, children.update(kind.childrenOf(source))))
      return node
    },
    dispose: () => children.dispose(),
  }
}
