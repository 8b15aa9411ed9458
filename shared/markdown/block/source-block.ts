import type { Alignment } from '../tree'
import type { Sequence } from './sequence'

/**
 * What the block parser knows of a text: its structure, with the inline content still as it is written. Immutable,
 * and the same object as long as it says the same. `key` is as in the tree; `open` says that more may come.
 */
export type SourceBlock =
  | SourceText
  | SourceCode
  | SourceMath
  | SourceHtml
  | SourceQuote
  | SourceList
  | SourceTable
  | SourceRule

type Keyed = { readonly key: number }

export type SourceText = Keyed & {
  readonly type: 'paragraph' | 'heading'
  /** Of a heading. */
  readonly level: number
  /** Lines without the white space they begin with, joined by line feeds. */
  readonly text: string
  readonly open: boolean
}
export type SourceCode = Keyed & {
  readonly type: 'code'
  readonly language: string | undefined
  readonly lines: Sequence<string>
  readonly open: boolean
}
export type SourceMath = Keyed & {
  readonly type: 'math'
  readonly tex: string
  readonly open: boolean
}
export type SourceHtml = Keyed & { readonly type: 'html'; readonly lines: Sequence<string> }
export type SourceRule = Keyed & { readonly type: 'rule' }
export type SourceTable = Keyed & {
  readonly type: 'table'
  readonly alignments: readonly Alignment[]
  readonly header: SourceRow
  readonly rows: Sequence<SourceRow>
}
export type SourceRow = Keyed & {
  readonly cells: readonly string[]
  /** The cell that is still being written. */
  readonly openCell: number | undefined
}
export type SourceQuote = Keyed & {
  readonly type: 'quote'
  readonly blocks: Sequence<SourceBlock>
}
export type SourceList = Keyed & {
  readonly type: 'list'
  readonly start: number | undefined
  /** The bullet, or what stands behind a number: another one begins another list. */
  readonly marker: string
  readonly tight: boolean
  readonly items: Sequence<SourceItem>
}
export type SourceItem = Keyed & {
  readonly type: 'item'
  readonly checked: boolean | undefined
  readonly blocks: Sequence<SourceBlock>
  /** Columns that a line must be indented to belong to the item. */
  readonly indent: number
}
export type SourceFootnote = Keyed & {
  readonly type: 'footnote'
  readonly label: string
  readonly blocks: Sequence<SourceBlock>
}
export type SourceDocument = {
  readonly type: 'document'
  readonly blocks: Sequence<SourceBlock>
}

export type Definition = {
  /** As `normalizeLabel` gives it. */
  readonly label: string
  readonly url: string
  readonly title: string | undefined
}
