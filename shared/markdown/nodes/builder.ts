import type { FootnoteNumbers } from './footnote-numbers'
import type { Registry } from './registry'

/** Makes a node of a part of the source, and the same node again as long as it says the same. */
export interface Builder<Source, Node> {
  /** Whether this is the builder of the same thing, as it was in an earlier frame. */
  accepts(source: Source): boolean
  update(source: Source): Node
  /** What the builder was made for is not there any more. */
  dispose(): void
}

/** Where a builder stands: whom it tells that its node is out of date though its source is not. */
export type Place = { readonly markStale: () => void }

export type Shared = { readonly registry: Registry; readonly numbers: FootnoteNumbers }

export type CreateBuilder<Source, Node> = (source: Source, place: Place) => Builder<Source, Node>
