import type { DefinitionScan } from './link-definition'
import { emptySequence, type Sequence } from './sequence'
import type {
  Definition,
  SourceCode,
  SourceDocument,
  SourceFootnote,
  SourceHtml,
  SourceItem,
  SourceList,
  SourceQuote,
  SourceTable,
} from './source-block'

export type Container = SourceDocument | SourceQuote | SourceList | SourceItem | SourceFootnote

/** What the lines taken so far have led to. Immutable, so that a line can be tried and forgotten. */
export type BlockState = {
  /** The open ones, the document first. */
  readonly containers: readonly Container[]
  /** The open block of text in the innermost container. */
  readonly leaf: Leaf | undefined
  readonly definitions: Sequence<Definition>
  /** The closed ones, in the order in which they were closed. */
  readonly footnotes: Sequence<SourceFootnote>
  /** Depth of the outermost container for which the last line was blank. */
  readonly blankDepth: number
  readonly firstHeadingLevel: number | undefined
  /** Up to where in the source an opener of this kind stays text, since it was found not to be closed. */
  readonly noMathBefore: Readonly<Record<MathFence, number>>
}

export type MathFence = '$$' | '\\['

export type Leaf = OpenParagraph | FencedCode | IndentedCode | OpenHtml | OpenMath | OpenTable

export type OpenParagraph = {
  readonly type: 'paragraph'
  readonly key: number
  readonly text: string
  /** Where the last line begins, in `text` and in the source. */
  readonly lastLine: { readonly start: number; readonly key: number }
  /** While `text` is empty: the link definition that is being written. */
  readonly definition: DefinitionScan | undefined
}
export type FencedCode = {
  readonly type: 'fenced'
  readonly block: SourceCode
  readonly fence: string
  readonly indent: number
}
export type IndentedCode = {
  readonly type: 'indented'
  readonly block: SourceCode
  /** Blank lines that belong to the code if more of it follows. */
  readonly blanks: Sequence<string>
}
export type OpenHtml = {
  readonly type: 'html'
  readonly block: SourceHtml
  /** What the last line contains; without it, a blank line ends the block. */
  readonly end: RegExp | undefined
}
export type OpenMath = {
  readonly type: 'math'
  readonly key: number
  readonly fence: MathFence
  readonly tex: string
  readonly lastLineBlank: boolean
  /** Whether the formula begins behind the fence, on its line. */
  readonly inline: boolean
  /** Where to go on from if the formula turns out to be text. */
  readonly opener: { readonly state: BlockState; readonly lineStart: number }
}
export type OpenTable = { readonly type: 'table'; readonly block: SourceTable }

export const never = Number.POSITIVE_INFINITY

export const emptyState: BlockState = {
  containers: [{ type: 'document', blocks: emptySequence() }],
  leaf: undefined,
  definitions: emptySequence(),
  footnotes: emptySequence(),
  blankDepth: never,
  firstHeadingLevel: undefined,
  noMathBefore: { $$: 0, '\\[': 0 },
}
