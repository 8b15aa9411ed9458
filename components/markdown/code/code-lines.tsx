import { type CSSProperties, memo, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { CodeDocument } from '@/client/highlight/code-document'
import { CodeLine } from './code-line'
import { widestColumns } from './line-columns'
import { observeNear } from './observe-near'

type CodeLinesProps = {
  document: CodeDocument
  group: number
  lines: readonly string[]
  /** Whether no more lines come to this group: what is off the screen is then not laid out. */
  sealed: boolean
}

/** A group of lines. It renders when its own lines or colours change, and at no other time. */
export const CodeLines = memo(function CodeLines(props: CodeLinesProps) {
  const { document, group, lines, sealed } = props
  const element = useRef<HTMLSpanElement>(null)
  const colours = useSyncExternalStore(
    (listener) => document.subscribe(group, listener),
    () => document.colours(group),
    () => undefined,
  )
  // Lines that came one by one stay texts of their own: joining them would undo a selection.
  const [joined] = useState(sealed)

  useEffect(() => {
    if (!element.current) return
    const stop = observeNear(element.current, (near) => document.setNear(group, near))
    return () => {
      stop()
      document.setNear(group, false)
    }
  }, [document, group])

  return (
    <span ref={element} className="code-lines" data-sealed={sealed} style={sizeOf(lines, sealed)}>
      {joined && !colours
        ? `${lines.join('\n')}\n`
        : lines.map((text, index) => (
            <CodeLine
              key={index}
              text={text}
              tokens={colours?.texts[index] === text ? colours.tokens[index] : undefined}
            />
          ))}
    </span>
  )
})

/** What a group measures while the browser skips it: in a font of one width, exactly what it measures when drawn. */
function sizeOf(lines: readonly string[], sealed: boolean): CSSProperties | undefined {
  if (!sealed) return undefined
  // Custom properties are not part of React's type.
  return { '--lines': lines.length, '--columns': widestColumns(lines) } as CSSProperties
}
