import type { Sequence } from '../block/sequence'
import type { Groups } from '../tree'
import { createSequenceView } from './sequence-view'
import { share } from './share'
import type { CreateView, Place, View } from './view'

type Kind<Source, Child, ChildNode, Node> = {
  readonly childrenOf: (source: Source) => Sequence<Child>
  readonly createChild: CreateView<Child, ChildNode>
  readonly nodeOf: (source: Source, children: Groups<ChildNode>) => Node
}

/** The view of what consists of a growing sequence of other things. */
export function createContainerView<Source extends object, Child, ChildNode, Node extends object>(
  kind: Kind<Source, Child, ChildNode, Node>,
  accepts: (source: Source) => boolean,
  place: Place,
): View<Source, Node> {
  let read: Source | undefined
  let node: Node | undefined
  let isStale = false
  const markStale = () => {
    isStale = true
    place.markStale()
  }
  const children = createSequenceView(kind.createChild, { markStale })
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
