import { memo, Suspense } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import type { CodeBlock } from '@/shared/markdown/tree'

const CodeOrDiagram = lazyPart(() => import('./code-box'), { fallback: PlainCode })

/** A block of code. Its actions, colours and pictures come with the first one that a page has. */
export function CodeBlockView({ block }: { block: CodeBlock }) {
  return (
    <Suspense fallback={<PlainCode block={block} />}>
      <CodeOrDiagram block={block} />
    </Suspense>
  )
}

/** Of the measures that the block will have. */
function PlainCode({ block }: { block: CodeBlock }) {
  return (
    <div className="code-box">
      <div className="code-head">
        <span className="code-language">{block.language}</span>
      </div>
      <pre tabIndex={0}>
        <code>
          {block.lines.map((lines, group) => (
            <PlainLines key={group} lines={lines} />
          ))}
        </code>
      </pre>
    </div>
  )
}

const PlainLines = memo(function PlainLines({ lines }: { lines: readonly string[] }) {
  return `${lines.join('\n')}\n`
})
