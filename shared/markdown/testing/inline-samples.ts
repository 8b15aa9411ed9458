import type { Groups, Inline, Run } from '../tree'
import type { References } from '../inline/references'

/** Nothing is defined. */
export const noReferences: References = { link: () => undefined, footnote: () => undefined }

/** The text a reader sees, without what is behind it. */
export function visibleText(inlines: readonly Inline[]): string {
  return inlines.map(visibleTextOf).join('')
}

export function inlinesOf(runs: Groups<Run>): readonly Inline[] {
  return runs.flat().flatMap((run) => run.inlines)
}

/** Repeats a text up to a length. */
export function repeatTo(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
}

function visibleTextOf(inline: Inline): string {
  switch (inline.type) {
    case 'text':
    case 'code':
      return inline.text
    case 'math':
      return inline.tex
    case 'image':
      return `(${inline.alt})`
    case 'soft-break':
    case 'hard-break':
      return '\n'
    case 'footnote-reference':
      return String(inline.number)
    default:
      return visibleText(inline.children)
  }
}
