import { memo, type ReactNode } from 'react'
import type { Groups, Inline, Run } from '@/shared/markdown/tree'
import { FootnoteLink } from './footnote-link'
import { ImageView } from './image-view'
import { inlineText } from './inline-text'
import { LinkView } from './link-view'
import { InlineMath } from './math/inline-math'

export function Runs({ runs }: { runs: Groups<Run> }) {
  return runs.map((group, index) => <RunGroup key={index} group={group} />)
}

const RunGroup = memo(function RunGroup({ group }: { group: readonly Run[] }) {
  return group.map((run) => <RunView key={run.key} run={run} />)
})

const RunView = memo(function RunView({ run }: { run: Run }) {
  return <Inlines nodes={run.inlines} />
})

export function Inlines({ nodes }: { nodes: readonly Inline[] }) {
  return nodes.map(inlineView)
}

/** Text has no key: it is a child without an element, and stays in its place. */
function inlineView(node: Inline, key: number): ReactNode {
  switch (node.type) {
    case 'text':
      return node.text
    case 'code':
      return (
        <code key={key} className="inline-code">
          {node.text}
        </code>
      )
    case 'emphasis':
      return (
        <em key={key}>
          <Inlines nodes={node.children} />
        </em>
      )
    case 'strong':
      return (
        <strong key={key}>
          <Inlines nodes={node.children} />
        </strong>
      )
    case 'strikethrough':
      return (
        <del key={key}>
          <Inlines nodes={node.children} />
        </del>
      )
    case 'link':
      return (
        <LinkView key={key} url={node.url} text={inlineText(node.children)}>
          <Inlines nodes={node.children} />
        </LinkView>
      )
    case 'image':
      return <ImageView key={key} url={node.url} alt={node.alt} />
    case 'math':
      return <InlineMath key={key} tex={node.tex} display={node.display} />
    case 'soft-break':
      return '\n'
    case 'hard-break':
      return <br key={key} />
    case 'footnote-reference':
      return <FootnoteLink key={key} number={node.number} occurrence={node.occurrence} />
  }
}
