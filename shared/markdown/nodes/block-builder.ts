import type {
  SourceBlock,
  SourceFootnote,
  SourceItem,
  SourceList,
  SourceQuote,
  SourceText,
} from '../block/source-block'
import type { Block, Groups, List, ListItem, Quote } from '../tree'
import { createContainerBuilder } from './container-builder'
import { createLiteralBuilder, type LiteralSource } from './literal-builder'
import { createTableBuilder } from './table-builder'
import { createTextBuilder } from './text-builder'
import type { CreateBuilder, Place, Shared, Builder } from './builder'

export function createBlockBuilder(
  source: SourceBlock,
  shared: Shared,
  place: Place,
): Builder<SourceBlock, Block> {
  switch (source.type) {
    case 'paragraph':
    case 'heading':
      return only(isText, createTextBuilder(source, shared, place))
    case 'quote':
      return only(isQuote, createQuoteBuilder(source, shared, place))
    case 'list':
      return only(isList, createListBuilder(source, shared, place))
    case 'table':
      return only(isTable, createTableBuilder(source, shared, place))
    case 'code':
    case 'math':
    case 'html':
    case 'rule':
      return only(isLiteral, createLiteralBuilder(source))
  }
}

/** What a footnote says; its number stands apart. */
export type FootnoteContent = {
  readonly key: number
  readonly label: string
  readonly blocks: Groups<Block>
}

export function createFootnoteBuilder(
  { key, label }: SourceFootnote,
  shared: Shared,
  place: Place,
): Builder<SourceFootnote, FootnoteContent> {
  const kind = {
    childrenOf: (source: SourceFootnote) => source.blocks,
    createChild: blocksOf(shared),
    nodeOf: (_: SourceFootnote, blocks: Groups<Block>) => ({ key, label, blocks }),
  }
  return createContainerBuilder(
    kind,
    (source) => source.key === key && source.label === label,
    place,
  )
}

function createQuoteBuilder({ key }: SourceQuote, shared: Shared, place: Place) {
  const kind = {
    childrenOf: (source: SourceQuote) => source.blocks,
    createChild: blocksOf(shared),
    nodeOf: (_: SourceQuote, blocks: Groups<Block>): Quote => ({ type: 'quote', key, blocks }),
  }
  return createContainerBuilder(kind, (source) => source.key === key, place)
}

function createListBuilder({ key, start }: SourceList, shared: Shared, place: Place) {
  const kind = {
    childrenOf: (source: SourceList) => source.items,
    createChild: (source: SourceItem, child: Place) => createItemBuilder(source, shared, child),
    nodeOf: ({ tight }: SourceList, items: Groups<ListItem>): List => {
      return { type: 'list', key, start, tight, items }
    },
  }
  const accepts = (source: SourceList) => source.key === key && source.start === start
  return createContainerBuilder(kind, accepts, place)
}

function createItemBuilder({ key }: SourceItem, shared: Shared, place: Place) {
  const kind = {
    childrenOf: (source: SourceItem) => source.blocks,
    createChild: blocksOf(shared),
    nodeOf: ({ checked }: SourceItem, blocks: Groups<Block>): ListItem => ({
      key,
      checked,
      blocks,
    }),
  }
  return createContainerBuilder(kind, (source) => source.key === key, place)
}

export function blocksOf(shared: Shared): CreateBuilder<SourceBlock, Block> {
  return (source, place) => createBlockBuilder(source, shared, place)
}

function only<Source extends SourceBlock>(
  isKind: (source: SourceBlock) => source is Source,
  builder: Builder<Source, Block>,
): Builder<SourceBlock, Block> {
  return {
    accepts: (source) => isKind(source) && builder.accepts(source),
    update(source) {
      if (!isKind(source)) throw new TypeError(`This is not the builder of a ${source.type}.`)
      return builder.update(source)
    },
    dispose: () => builder.dispose(),
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
