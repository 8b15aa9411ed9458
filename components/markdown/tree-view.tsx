import { useId } from 'react'
import type { MarkdownTree } from '@/shared/markdown/tree'
import { Blocks } from './block-view'
import { Footnotes } from './footnotes'
import { FirstHeadingLevel, IdPrefix } from './markdown-context'

/** Shows what a text was parsed to. */
export function TreeView({ tree }: { tree: MarkdownTree }) {
  const id = useId()
  return (
    <IdPrefix value={id}>
      <FirstHeadingLevel value={tree.firstHeadingLevel ?? 1}>
        <div dir="auto" className="prose">
          <Blocks blocks={tree.blocks} />
          <Footnotes notes={tree.footnotes} />
        </div>
      </FirstHeadingLevel>
    </IdPrefix>
  )
}
