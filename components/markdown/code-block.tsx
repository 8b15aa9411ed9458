'use client'

import { type ComponentProps, useState } from 'react'
import { type ExtraProps, useIsCodeFenceIncomplete } from 'streamdown'
import type { Groups } from '@/shared/markdown/tree'
import { CodeBlockView } from './code/code-block'
import { InlineMath } from './math/inline-math'
import { MathBlockView } from './math/math-block'
import { plainText } from './plain-text'

const groupSize = 64

/** What stands in a fence, as a block of the tree. */
export function CodeBlock({ className, children }: ComponentProps<'code'> & ExtraProps) {
  const open = useIsCodeFenceIncomplete()
  const [group] = useState(createGrouping)
  const text = plainText(children)
  if (className?.includes('math-display'))
    return <MathBlockView block={{ type: 'math', key: 0, tex: text.replace(/\n+$/, ''), open }} />
  const language = /language-(\S+)/.exec(className ?? '')?.[1]
  const lines = group(text.replace(/\n$/, '').split('\n'))
  return <CodeBlockView block={{ type: 'code', key: 0, language, lines, open }} />
}

export function InlineCode({ node, children }: ComponentProps<'code'> & ExtraProps) {
  if (String(node?.properties['className']).includes('math-inline'))
    return <InlineMath tex={plainText(children)} display={false} />
  return <code className="inline-code">{children}</code>
}

/** Groups that say the same as before are the same. */
function createGrouping() {
  let groups: Groups<string> = []
  return (lines: readonly string[]) => {
    groups = Array.from({ length: Math.ceil(lines.length / groupSize) }, (_, index) => {
      const next = lines.slice(index * groupSize, (index + 1) * groupSize)
      const before = groups[index]
      const same = before?.length === next.length && next.every((line, at) => line === before[at])
      return same ? before : next
    })
    return groups
  }
}
