/** Languages that are told by their letters, in this order: Japanese has Chinese characters too. */
const byScript: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh-CN', /\p{Script=Han}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
]

/** Small words that one language has and the others have not. */
const byWords: readonly (readonly [string, RegExp])[] = [
  ['en', /\b(the|and|of|is|that|with|for|you|are|this)\b/giu],
  ['de', /\b(der|die|das|und|ist|nicht|ein|eine|mit|für|auf)\b/giu],
  ['fr', /\b(le|les|et|est|une|des|pour|dans|que|vous)\b/giu],
  ['es', /\b(el|los|las|y|es|una|por|para|que|con)\b/giu],
  ['it', /\b(il|gli|della|che|è|una|per|sono|con|di)\b/giu],
  ['pt', /\b(os|uma|não|para|com|você|dos|em|é|que)\b/giu],
  ['nl', /\b(het|een|en|niet|van|voor|dat|zijn|met|je)\b/giu],
]

const lengthMax = 4_000
/** Signs of a script that a text in another one may have: a name, a letter of a formula. */
const shareMin = 0.2

/** The language that a text is in, as far as letters and small words tell; `fallback` where they don't. */
export function languageOf(text: string, fallback: string): string {
  const sample = text.slice(0, lengthMax)
  const letters = count(sample, /\p{L}/gu)
  if (letters === 0) return fallback
  const script = byScript.find(([, pattern]) => count(sample, pattern) / letters >= shareMin)
  if (script) return script[0]
  const [best] = byWords
    .map(([language, pattern]) => ({ language, words: count(sample, pattern) }))
    .toSorted((left, right) => right.words - left.words)
  return best && best.words > 0 ? best.language : fallback
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
