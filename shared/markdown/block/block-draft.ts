import { never, type BlockState, type Container, type Leaf, type OpenMath } from './block-state'
import { closeLeaf } from './close-leaf'
import { append, type Sequence } from './sequence'
import type { Definition, SourceBlock, SourceFootnote } from './source-block'

/** Containers inside of one another; deeper markers are text. Bounds the cost of a line and every recursion. */
export const depthMax = 100

/** What one line makes of a state. The state itself is left as it is. */
export class BlockDraft {
  readonly before: BlockState
  readonly containers: Container[]
  leaf: Leaf | undefined
  /** Was open and can’t be closed, so that it has to be read as text. */
  unclosedMath: OpenMath | undefined
  #blankDepth: number
  #definitions: Sequence<Definition>
  #footnotes: Sequence<SourceFootnote>
  #firstHeadingLevel: number | undefined

  constructor(before: BlockState) {
    this.before = before
    this.containers = [...before.containers]
    this.leaf = before.leaf
    this.#blankDepth = before.blankDepth
    this.#definitions = before.definitions
    this.#footnotes = before.footnotes
    this.#firstHeadingLevel = before.firstHeadingLevel
  }

  get top(): Container {
    return containerAt(this.containers, this.containers.length - 1)
  }

  /** `blankDepth`: see the state; a line that is not blank has none. */
  toState(blankDepth = never): BlockState {
    return {
      containers: this.containers,
      leaf: this.leaf,
      definitions: this.#definitions,
      footnotes: this.#footnotes,
      blankDepth,
      firstHeadingLevel: this.#firstHeadingLevel,
      noMathBefore: this.before.noMathBefore,
    }
  }

  setTop(container: Container): void {
    this.containers[this.containers.length - 1] = container
  }

  define(definition: Definition): void {
    this.#definitions = append(this.#definitions, definition)
  }

  /** Closes what is open inside of the outermost `depth` containers. */
  closeTo(depth: number): void {
    if (this.containers.length > depth) this.closeLeaf()
    while (this.containers.length > depth) this.#closeContainer()
  }

  closeLeaf(): void {
    const { leaf } = this
    if (leaf?.type === 'math') this.unclosedMath = leaf
    this.leaf = undefined
    if (!leaf) return
    const { blocks, definition } = closeLeaf(leaf)
    if (definition) this.define(definition)
    for (const block of blocks) this.#append(block)
  }

  /** Opens a container in the innermost one. */
  open(container: Container): void {
    this.#makeRoom(container.type)
    this.containers.push(container)
  }

  /** Begins a block of text in the innermost container. */
  begin(leaf: Leaf): void {
    this.#makeRoom(leaf.type)
    this.leaf = leaf
  }

  /** Adds a block that is whole. */
  add(block: SourceBlock): void {
    this.#makeRoom(block.type)
    this.#append(block)
  }

  /** A list is loose when blank lines stand between its items, or between the blocks of one. */
  #makeRoom(type: string): void {
    this.closeLeaf()
    if (this.top.type === 'list' && type !== 'item') this.#closeContainer()
    const depth = this.containers.length - 1
    if (depth >= this.#blankDepth) this.#loosen(this.top.type === 'item' ? depth - 1 : depth)
    this.#blankDepth = never
  }

  #loosen(depth: number): void {
    const list = this.containers[depth]
    if (list?.type === 'list' && list.tight) this.containers[depth] = { ...list, tight: false }
  }

  #closeContainer(): void {
    const container = this.containers.pop()
    if (!container) return
    if (container.type === 'footnote') this.#footnotes = append(this.#footnotes, container)
    else this.setTop(appendChild(this.top, container))
  }

  #append(block: SourceBlock): void {
    if (block.type === 'heading') this.#firstHeadingLevel ??= block.level
    this.setTop(appendChild(this.top, block))
  }
}

export function containerAt(containers: readonly Container[], index: number): Container {
  const container = containers[index]
  if (!container) throw new RangeError(`No container at depth ${index}.`)
  return container
}

export function appendChild(parent: Container, child: Container | SourceBlock): Container {
  if (parent.type === 'list') {
    return child.type === 'item' ? { ...parent, items: append(parent.items, child) } : parent
  }
  const isBlock = child.type !== 'item' && child.type !== 'footnote' && child.type !== 'document'
  return isBlock ? { ...parent, blocks: append(parent.blocks, child) } : parent
}
