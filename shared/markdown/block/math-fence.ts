import type { MathFence } from './block-state'
import { isBlank } from './white-space'

/** A formula that begins a line: whole, or open with what stands behind its fence. */
export type MathStart = {
  readonly fence: MathFence
  readonly tex: string
  readonly closed: boolean
}

export function readMathStart(rest: string): MathStart | undefined {
  const fence = fenceOf(rest)
  if (fence === undefined) return undefined
  const tex = rest.slice(2)
  const end = findClosing(tex, fence)
  if (end === undefined) {
    return mayRunOn(tex, fence) ? { fence, tex, closed: false } : undefined
  }
  const formula = tex.slice(0, end)
  const alone = isBlank(tex.slice(end + 2)) && !isBlank(formula)
  return alone && !isEscapedText(formula, fence) ? { fence, tex: formula, closed: true } : undefined
}

function fenceOf(rest: string): MathFence | undefined {
  if (rest.startsWith('$$') && rest[2] !== '$') return '$$'
  return rest.startsWith('\\[') ? '\\[' : undefined
}

/** Where the first fence stands that is not escaped. */
export function findClosing(tex: string, fence: MathFence): number | undefined {
  const closing = fence === '$$' ? '$$' : '\\]'
  for (let index = 0; index < tex.length; index += 1) {
    if (tex.startsWith(closing, index)) return index
    if (tex[index] === '\\') index += 1
  }
  return undefined
}

/** `\[not a link](url)` and `\[x]: y` are escaped brackets, and words are no formula. */
function mayRunOn(tex: string, fence: MathFence): boolean {
  if (fence === '\\[' && /\][[(:]/.test(tex)) return false
  return isBlank(tex) || /[\\^_{}=+<>0-9]/.test(tex)
}

function isEscapedText(tex: string, fence: MathFence): boolean {
  return fence === '\\[' && /^(?:[\d\s,–-]+|[A-Za-z]{2,})$/.test(tex)
}
