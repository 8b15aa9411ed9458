/**
 * What a Markdown text says, as immutable values. A node that says the same as before is the same object in the next
 * tree, so `===` tells a view whether it has to render again.
 */
export type MarkdownTree = {
  readonly blocks: Groups<Block>
  /** In the order in which the text first refers to them. */
  readonly footnotes: readonly Footnote[]
  /** Of the first heading, in whatever block it stands; nothing when there is none. */
  readonly firstHeadingLevel: number | undefined
}

/**
 * A sequence that grows at its end. Every group but the last is full and does not change any more (but for references
 * that are defined later), so that a view passes over it whole. A group’s key is its index.
 */
export type Groups<Item> = readonly (readonly Item[])[]

/** `key` is where the node begins in the source, in UTF-16 units: unique among its siblings, the same in every frame. */
type Keyed = { readonly key: number }

export type Block =
  | Paragraph
  | Heading
  | CodeBlock
  | MathBlock
  | HtmlBlock
  | Quote
  | List
  | Table
  | Rule

export type Paragraph = Keyed & { readonly type: 'paragraph'; readonly runs: Groups<Run> }
export type Heading = Keyed & {
  readonly type: 'heading'
  /** 1 to 6, as written. */
  readonly level: number
  readonly runs: Groups<Run>
}
export type CodeBlock = Keyed & {
  readonly type: 'code'
  /** The first word behind a fence, as written; nothing for indented code or while it is still being written. */
  readonly language: string | undefined
  /** Without line ends. The last one may still grow while `open`. */
  readonly lines: Groups<string>
  /** Whether more lines may come: its fence has not closed, and neither has the text. */
  readonly open: boolean
}
export type MathBlock = Keyed & {
  readonly type: 'math'
  readonly tex: string
  readonly open: boolean
}
/** Raw HTML, which is shown as it was written. */
export type HtmlBlock = Keyed & { readonly type: 'html'; readonly lines: Groups<string> }
export type Quote = Keyed & { readonly type: 'quote'; readonly blocks: Groups<Block> }
export type List = Keyed & {
  readonly type: 'list'
  /** The first number of an ordered list; nothing for bullets. */
  readonly start: number | undefined
  /** A tight list shows its items’ paragraphs without space between them. */
  readonly tight: boolean
  readonly items: Groups<ListItem>
}
export type ListItem = Keyed & {
  /** Of a task; nothing for other items. */
  readonly checked: boolean | undefined
  readonly blocks: Groups<Block>
}
export type Table = Keyed & {
  readonly type: 'table'
  readonly alignments: readonly Alignment[]
  readonly header: TableRow
  /** Each with as many cells as the header. */
  readonly rows: Groups<TableRow>
}
export type Alignment = 'left' | 'right' | 'center' | undefined
export type TableRow = Keyed & { readonly cells: readonly TableCell[] }
export type TableCell = readonly Inline[]
export type Rule = Keyed & { readonly type: 'rule' }

export type Footnote = Keyed & {
  readonly label: string
  /** From 1, in the order of first reference. */
  readonly number: number
  /** How many times the text refers to it. */
  readonly references: number
  readonly blocks: Groups<Block>
}

/** A stretch of a paragraph that is not affected by what follows it, or the last, open one. */
export type Run = Keyed & { readonly inlines: readonly Inline[] }

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'emphasis' | 'strong' | 'strikethrough'; readonly children: readonly Inline[] }
  | Link
  | Image
  | { readonly type: 'math'; readonly tex: string; readonly display: boolean }
  /** A line end in the source: white space where it stands. */
  | { readonly type: 'soft-break' }
  | { readonly type: 'hard-break' }
  | FootnoteReference

export type Link = {
  readonly type: 'link'
  /**
   * As written, after escapes and character references; whether it may be followed is for `safeUrl` to say. Empty while
   * it is still being written.
   */
  readonly url: string
  readonly title: string | undefined
  readonly children: readonly Inline[]
}
export type Image = {
  readonly type: 'image'
  readonly url: string
  readonly title: string | undefined
  /** The description as plain text. */
  readonly alt: string
}
/**
 * While a text streams, every reference has its number at once, since definitions come last: one without a footnote
 * in the tree is not defined yet. At the end those are text.
 */
export type FootnoteReference = {
  readonly type: 'footnote-reference'
  readonly label: string
  readonly number: number
  /** Which of the references to this footnote it is, from 1. */
  readonly occurrence: number
}
