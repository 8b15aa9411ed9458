import { codePointAt, codePointBefore, isCjk, isPunctuation, isWhiteSpace } from './characters'

export type Flanking = { readonly canOpen: boolean; readonly canClose: boolean }

type Neighbour = { readonly space: boolean; readonly punctuation: boolean; readonly cjk: boolean }

/**
 * Whether a run of `*`, `_` or `~` from `start` to `end` may open or close emphasis: CommonMark’s rules with the
 * “CJK-friendly” amendment, by which a marker between punctuation and a CJK character works as between letters.
 */
export function flankingOf(text: string, start: number, end: number): Flanking {
  const before = neighbourBefore(text, start)
  const after = neighbourOf(codePointAt(text, end))
  const left =
    !after.space && (!isForeign(after) || before.space || isForeign(before) || before.cjk)
  const right =
    !before.space && (!isForeign(before) || after.space || isForeign(after) || after.cjk)
  if (text.charCodeAt(start) !== 95) return { canOpen: left, canClose: right }
  return {
    canOpen: left && (!right || before.punctuation),
    canClose: right && (!left || after.punctuation),
  }
}

function isForeign(neighbour: Neighbour): boolean {
  return neighbour.punctuation && !neighbour.cjk
}

function neighbourOf(codePoint: number): Neighbour {
  if (isWhiteSpace(codePoint)) return { space: true, punctuation: false, cjk: false }
  return { space: false, punctuation: isPunctuation(codePoint), cjk: isCjk(codePoint) }
}

/** A variation selector only says how the character before it looks. */
function neighbourBefore(text: string, position: number): Neighbour {
  const codePoint = codePointBefore(text, position)
  if (codePoint >= 0xe0100 && codePoint <= 0xe01ef) {
    return { space: false, punctuation: false, cjk: true }
  }
  if (codePoint < 0xfe00 || codePoint > 0xfe0e) return neighbourOf(codePoint)
  const selected = codePointBefore(text, position - 1)
  const isWideQuote = codePoint === 0xfe01 && /[‘’“”]/.test(String.fromCodePoint(selected))
  return isWideQuote ? { space: false, punctuation: true, cjk: true } : neighbourOf(selected)
}
