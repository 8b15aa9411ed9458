import { memo, use } from 'react'
import type { Block, Groups, Heading, HtmlBlock, List, ListItem } from '@/shared/markdown/tree'
import { CodeBlockView } from './code/code-block'
import { Runs } from './inline-view'
import { FirstHeadingLevel } from './markdown-context'
import { MathBlockView } from './math/math-block'
import { TableView } from './table-view'
import { TaskMark } from './task-mark'

/**
 * Blocks that stand one below the other. Here as everywhere below, what has not changed is the same object as before,
 * and `memo` passes over it: over a group whole, over the members of the last one each.
 */
export function Blocks({ blocks }: { blocks: Groups<Block> }) {
  return blocks.map((group, index) => <BlockGroup key={index} group={group} />)
}

const BlockGroup = memo(function BlockGroup({ group }: { group: readonly Block[] }) {
  return group.map((block) => <BlockView key={block.key} block={block} />)
})

const BlockView = memo(function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          <Runs runs={block.runs} />
        </p>
      )
    case 'heading':
      return <HeadingView heading={block} />
    case 'code':
      return <CodeBlockView block={block} />
    case 'math':
      return <MathBlockView block={block} />
    case 'html':
      return <HtmlView block={block} />
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      )
    case 'list':
      return <ListView list={block} />
    case 'table':
      return <TableView table={block} />
    case 'rule':
      return <hr />
  }
})

const headings = ['h3', 'h4', 'h5', 'h6'] as const

/**
 * Headings in a text stand below those of the page and of the message, which are of the first two levels: whatever level
 * a text begins with is the third here.
 */
function HeadingView({ heading }: { heading: Heading }) {
  const depth = Math.max(0, heading.level - use(FirstHeadingLevel))
  const Element = headings[depth] ?? 'h6'
  return (
    <Element>
      <Runs runs={heading.runs} />
    </Element>
  )
}

function HtmlView({ block }: { block: HtmlBlock }) {
  return (
    <p className="raw">
      {block.lines.map((group, index) => (
        <LineGroup key={index} group={group} />
      ))}
    </p>
  )
}

const LineGroup = memo(function LineGroup({ group }: { group: readonly string[] }) {
  return `${group.join('\n')}\n`
})

/** Whether a list is tight is known to itself alone: when a blank line makes it loose, none of its items renders. */
function ListView({ list }: { list: List }) {
  const items = list.items.map((group, index) => <ItemGroup key={index} group={group} />)
  if (list.start === undefined) return <ul data-tight={list.tight}>{items}</ul>
  return (
    <ol data-tight={list.tight} start={list.start}>
      {items}
    </ol>
  )
}

const ItemGroup = memo(function ItemGroup({ group }: { group: readonly ListItem[] }) {
  return group.map((item) => <ItemView key={item.key} item={item} />)
})

const ItemView = memo(function ItemView({ item }: { item: ListItem }) {
  if (item.checked === undefined) {
    return (
      <li>
        <Blocks blocks={item.blocks} />
      </li>
    )
  }
  return (
    <li className="task">
      <TaskMark checked={item.checked} />
      <Blocks blocks={item.blocks} />
    </li>
  )
})
