'use client'

import { useTranslations } from 'next-intl'
import { type ClipboardEvent, Suspense, useEffect, useRef, useState } from 'react'
import type { CodeDocument } from '@/client/highlight/code-document'
import { documentOf, updateDocument } from '@/client/highlight/code-documents'
import { languageOf } from '@/client/highlight/languages'
import { lazyPart } from '@/components/ui/lazy-part'
import type { CodeBlock } from '@/shared/markdown/tree'
import type { DiagramProps } from '../diagram/diagram'
import { CodeHeader } from './code-header'
import { CodeLines } from './code-lines'
import { selectedGroups } from './selected-groups'

const Diagram = lazyPart<DiagramProps & { block: CodeBlock }>(() => import('../diagram/diagram'), {
  fallback: CodeBox,
})

/** A block of code with all that belongs to it; when it is a whole Mermaid diagram, its picture. */
export default function CodeOrDiagram({ block }: { block: CodeBlock }) {
  if (block.open || languageOf(block.language)?.id !== 'mermaid') return <CodeBox block={block} />
  return (
    <Suspense fallback={<CodeBox block={block} />}>
      <Diagram source={block.lines.flat().join('\n')} block={block} />
    </Suspense>
  )
}

/** Code with its language and its actions above. Colours come later, from a worker, and change no measure. */
function CodeBox({ block }: { block: CodeBlock }) {
  const t = useTranslations('markdown')
  const [document] = useState(() => documentOf(block))
  const code = useRef<HTMLElement>(null)
  useEffect(() => updateDocument(document, block), [document, block])
  useEffect(() => () => document.release(), [document])
  useEffect(() => holdSelected(document, () => code.current), [document])

  const language = languageOf(block.language)?.name ?? block.language
  return (
    <div
      className="code-box"
      role="group"
      aria-label={language ? t('codeIn', { language }) : t('code')}
    >
      <CodeHeader language={block.language} document={document} />
      <pre tabIndex={0} onCopy={copyExactly}>
        <code ref={code}>
          {block.lines.map((lines, group) => (
            <CodeLines
              key={group}
              document={document}
              group={group}
              lines={lines}
              sealed={group < block.lines.length - 1}
            />
          ))}
        </code>
      </pre>
    </div>
  )
}

/** Colouring replaces texts, and a selection that ends in one of them would be lost. */
function holdSelected(document: CodeDocument, code: () => Element | null): () => void {
  const hold = () => {
    const element = code()
    if (element) document.hold(selectedGroups(element, getSelection()))
  }
  window.document.addEventListener('selectionchange', hold)
  return () => window.document.removeEventListener('selectionchange', hold)
}

/** The text itself: browsers differ in what they make of lines that they have not laid out. */
function copyExactly(event: ClipboardEvent<HTMLPreElement>): void {
  const selection = getSelection()
  if (!selection?.rangeCount) return
  const range = selection.getRangeAt(0)
  if (range.collapsed || !event.currentTarget.contains(range.commonAncestorContainer)) return
  event.clipboardData.setData('text/plain', range.toString())
  event.preventDefault()
}
