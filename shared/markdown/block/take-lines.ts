import { ownText } from '../own-text'
import { emptyState, type BlockState } from './block-state'
import type { Line } from './line-context'
import { takeEnd, takeLine, type Taken } from './take-line'

/** How far a text has been taken: up to the beginning of a line. */
export type Progress = { readonly state: BlockState; readonly position: number }

/** Is told of each line that is taken or tried. */
export type OnLine = (line: Line) => void

export const beginning: Progress = { state: emptyState, position: 0 }

type Source = {
  readonly text: string
  /** Up to where there is no line end but in front of `position`. */
  readonly searched: number
  readonly onLine: OnLine
}

/** Takes the lines that have ended. A text’s last character may be half of a line end. */
export function takeLines({ text, searched, onLine }: Source, from: Progress): Progress {
  let progress = from
  const lineEnd = /\r\n?|\n/g
  lineEnd.lastIndex = Math.max(from.position, searched)
  for (let match = lineEnd.exec(text); match; match = lineEnd.exec(text)) {
    if (match[0] === '\r' && lineEnd.lastIndex === text.length) break
    const { state, position } = progress
    const line = { text: ownText(text.slice(position, match.index)), start: position, ended: true }
    onLine(line)
    progress = goOn(takeLine(state, line), { state, position: lineEnd.lastIndex })
    lineEnd.lastIndex = progress.position
  }
  return progress
}

function goOn(taken: Taken, next: Progress): Progress {
  if (taken.status === 'again') return { state: taken.state, position: taken.lineStart }
  return taken.status === 'taken' ? { ...next, state: taken.state } : next
}

/** What the unfinished last line would make of the state, if that can be told. */
export function tryRest({ text, onLine }: Source, { state, position }: Progress): BlockState {
  // Half a line end or half a character says nothing yet.
  const end = /[\r\ud800-\udbff]/.test(text.slice(-1)) ? text.length - 1 : text.length
  const rest = ownText(text.slice(position, end))
  if (rest === '') return state
  const line = { text: rest, start: position, ended: false }
  onLine(line)
  const taken = takeLine(state, line)
  return taken.status === 'taken' ? taken.state : state
}

/** The state at the end of a text that does not go on. */
export function takeRest(source: Source, from: Progress): BlockState {
  const isEnded = from.position === source.text.length
  const text = isEnded ? source.text : `${source.text}\n`
  let progress = from
  for (;;) {
    progress = takeLines({ ...source, text, searched: progress.position }, progress)
    const end = takeEnd(progress.state)
    if (end.status === 'taken') return end.state
    progress = goOn(end, progress)
  }
}
