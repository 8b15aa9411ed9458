const wideRanges: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x11ff],
  [0x20a9, 0x20a9],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x303e],
  [0x3040, 0x3247],
  [0x3250, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe1f],
  [0xfe30, 0xfe6f],
  [0xff01, 0xffee],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
]

/**
 * A wide character or part of Hangul, but no emoji: what the “CJK-friendly” amendment to CommonMark calls a CJK
 * character. Unassigned code points between the ranges are taken in.
 */
export function isCjk(codePoint: number): boolean {
  if (codePoint < 0x1100) return false
  const wide = wideRanges.some(([first, last]) => first <= codePoint && codePoint <= last)
  return wide && !/\p{Emoji_Presentation}/u.test(String.fromCodePoint(codePoint))
}

/** Unicode white space, as CommonMark defines it; a position outside the text, NaN, counts too. */
export function isWhiteSpace(codePoint: number): boolean {
  if (codePoint < 128) return codePoint === 32 || (codePoint >= 9 && codePoint <= 13)
  return Number.isNaN(codePoint) || /\p{Zs}/u.test(String.fromCodePoint(codePoint))
}

/** Unicode punctuation, as CommonMark defines it: symbols too. */
export function isPunctuation(codePoint: number): boolean {
  if (codePoint < 128) return isAsciiPunctuation(codePoint)
  return /[\p{P}\p{S}]/u.test(String.fromCodePoint(codePoint))
}

export function isAsciiPunctuation(code: number): boolean {
  return (
    (code >= 33 && code <= 47) ||
    (code >= 58 && code <= 64) ||
    (code >= 91 && code <= 96) ||
    (code >= 123 && code <= 126)
  )
}

export function isAsciiAlphanumeric(code: number): boolean {
  return isDigit(code) || isAsciiLetter(code)
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

export function isAsciiLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

/** A letter or digit of a script that puts spaces between its words. */
export function isWordCharacter(codePoint: number): boolean {
  if (codePoint < 128) return isAsciiAlphanumeric(codePoint)
  if (Number.isNaN(codePoint) || isCjk(codePoint)) return false
  return /[\p{L}\p{N}]/u.test(String.fromCodePoint(codePoint))
}

/** NaN outside the text. */
export function codePointAt(text: string, position: number): number {
  return text.codePointAt(position) ?? Number.NaN
}

/** The code point that ends at `position`; NaN at the beginning of the text. */
export function codePointBefore(text: string, position: number): number {
  const last = text.charCodeAt(position - 1)
  if (!isLowSurrogate(last) || position < 2) return last
  const whole = codePointAt(text, position - 2)
  return whole > 0xffff ? whole : last
}

export function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
