import { memo, type ReactNode } from 'react'
import { codeClasses } from '@/client/highlight/code-classes'
import type { LineTokens } from '@/client/highlight/highlighter'

type CodeLineProps = { text: string; tokens: LineTokens | undefined }

/** A line with its end. Only what has a colour of its own is an element. */
export const CodeLine = memo(function CodeLine({ text, tokens }: CodeLineProps) {
  return tokens?.length ? <>{pieces(text, tokens)}</> : `${text}\n`
})

function pieces(text: string, tokens: LineTokens): ReactNode[] {
  const children: ReactNode[] = []
  let start = 0
  for (let index = 0; index < tokens.length; index += 2) {
    const end = start + (tokens[index] ?? 0)
    children.push(piece(text.slice(start, end), tokens[index + 1] ?? 0, start))
    start = end
  }
  children.push(`${text.slice(start)}\n`)
  return children
}

function piece(text: string, classIndex: number, key: number): ReactNode {
  const className = codeClasses[classIndex]
  if (!className) return text
  return (
    <span key={key} className={className}>
      {text}
    </span>
  )
}
