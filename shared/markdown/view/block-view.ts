import type {
  SourceBlock,
  SourceFootnote,
  SourceItem,
  SourceList,
  SourceQuote,
  SourceText,
} from '../block/source-block'
import type { Block, Groups, List, ListItem, Quote } from '../tree'
import { createContainerView } from './container-view'
import { createLiteralView, type LiteralSource } from './literal-view'
import { createTableView } from './table-view'
import { createTextView } from './text-view'
import type { CreateView, Place, Shared, View } from './view'

export function createBlockView(
  source: SourceBlock,
  shared: Shared,
  place: Place,
): View<SourceBlock, Block> {
  switch (source.type) {
    case 'paragraph':
    case 'heading':
      return only(isText, createTextView(source, shared, place))
    case 'quote':
      return only(isQuote, createQuoteView(source, shared, place))
    case 'list':
      return only(isList, createListView(source, shared, place))
    case 'table':
      return only(isTable, createTableView(source, shared, place))
    case 'code':
    case 'math':
    case 'html':
    case 'rule':
      return only(isLiteral, createLiteralView(source))
  }
}

/** What a footnote says; its number stands apart. */
export type FootnoteContent = {
  readonly key: number
  readonly label: string
  readonly blocks: Groups<Block>
}

export function createFootnoteView(
  { key, label }: SourceFootnote,
  shared: Shared,
  place: Place,
): View<SourceFootnote, FootnoteContent> {
  const kind = {
    childrenOf: (source: SourceFootnote) => source.blocks,
    createChild: blocksOf(shared),
    nodeOf: (_: SourceFootnote, blocks: Groups<Block>) => ({ key, label, blocks }),
  }
  return createContainerView(kind, (source) => source.key === key && source.label === label, place)
}

function createQuoteView({ key }: SourceQuote, shared: Shared, place: Place) {
  const kind = {
    childrenOf: (source: SourceQuote) => source.blocks,
    createChild: blocksOf(shared),
    nodeOf: (_: SourceQuote, blocks: Groups<Block>): Quote => ({ type: 'quote', key, blocks }),
  }
  return createContainerView(kind, (source) => source.key === key, place)
}

function createListView({ key, start }: SourceList, shared: Shared, place: Place) {
  const kind = {
    childrenOf: (source: SourceList) => source.items,
    createChild: (source: SourceItem, child: Place) => createItemView(source, shared, child),
    nodeOf: ({ tight }: SourceList, items: Groups<ListItem>): List => {
      return { type: 'list', key, start, tight, items }
    },
  }
  const accepts = (source: SourceList) => source.key === key && source.start === start
  return createContainerView(kind, accepts, place)
}

function createItemView({ key }: SourceItem, shared: Shared, place: Place) {
  const kind = {
    childrenOf: (source: SourceItem) => source.blocks,
    createChild: blocksOf(shared),
    nodeOf: ({ checked }: SourceItem, blocks: Groups<Block>): ListItem => ({
      key,
      checked,
      blocks,
    }),
  }
  return createContainerView(kind, (source) => source.key === key, place)
}

export function blocksOf(shared: Shared): CreateView<SourceBlock, Block> {
  return (source, place) => createBlockView(source, shared, place)
}

function only<Source extends SourceBlock>(
  isKind: (source: SourceBlock) => source is Source,
  view: View<Source, Block>,
): View<SourceBlock, Block> {
  return {
    accepts: (source) => isKind(source) && view.accepts(source),
    update(source) {
      if (!isKind(source)) throw new TypeError(`This is not the view of a ${source.type}.`)
      return view.update(source)
    },
    dispose: () => view.dispose(),
  }
}

const isQuote = (source: SourceBlock) => source.type === 'quote'
const isList = (source: SourceBlock) => source.type === 'list'
const isTable = (source: SourceBlock) => source.type === 'table'

function isText(source: SourceBlock): source is SourceText {
  return source.type === 'paragraph' || source.type === 'heading'
}

function isLiteral(source: SourceBlock): source is LiteralSource {
  return ['code', 'math', 'html', 'rule'].includes(source.type)
}
