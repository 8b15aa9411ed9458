/** A person's character is rarely longer; what is, is cut between code points. */
const lookAhead = 64

let segmenter: Intl.Segmenter | undefined

/** Made when the first text is cut: a page that opens cuts none, and making one takes 60 ms of a slow processor. */
function graphemesOf(text: string): Iterable<Intl.SegmentData> {
  if (!('Segmenter' in Intl)) return []
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/**
 * The first place at or after `target` where a text can be cut without cutting a character in two, as a person sees
 * characters. `from` is such a place, at or before `target`.
 */
export function wholeCharactersEnd(text: string, from: number, target: number): number {
  if (target <= from) return from
  if (target >= text.length) return text.length
  const next = text.slice(from, target + lookAhead)
  const isLast = from + next.length === text.length
  for (const { index, segment } of graphemesOf(next)) {
    const end = from + index + segment.length
    if (end < target) continue
    return end < from + next.length || isLast ? end : codePointEnd(text, target)
  }
  return codePointEnd(text, target)
}

function codePointEnd(text: string, target: number): number {
  const isBetweenSurrogates =
    isSurrogate(text, target - 1, 0xd8_00) && isSurrogate(text, target, 0xdc_00)
  return isBetweenSurrogates ? target + 1 : target
}

function isSurrogate(text: string, index: number, kind: 0xd800 | 0xdc00): boolean {
  return (text.charCodeAt(index) & 0xfc_00) === kind
}
