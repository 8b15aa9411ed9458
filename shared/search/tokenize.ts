/** What can be searched for, and where it stands in the text as it was given: UTF-16 units, end exclusive. */
export type Token = {
  /** A `character` is one of a script without spaces: every one of them, beside the pairs it makes. */
  readonly kind: 'word' | 'character'
  readonly word: string
  readonly start: number
  readonly end: number
}

/** A longer word is found by its beginning: base64 and hashes are no words. */
const wordLengthMax = 64

const run =
  /[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}[\p{Emoji_Modifier}\u{fe0f}\u{200d}\p{Extended_Pictographic}]*/gu
const dense = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`
const denseRun = new RegExp(`([${dense}][${dense}\\p{M}]*)`, 'u')
const plainWord = /^[A-Za-z0-9]+$/
/** Ideographs, kana and Hangul syllables that stand for themselves. */
const plainDense = /^[\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fff\uac00-\ud7a3]+$/
/** One syllable block in parts, as macOS writes file names, or a character with the marks that belong to it. */
const character = /[\u1100-\u115f][\u1160-\u11a7]*[\u11a8-\u11ff]*|[\s\S][\p{M}\uff9e\uff9f]*/gu
/** Of Latin, Greek and Cyrillic letters: “Zürich” is found by “zurich”. Not the marks that change a kana. */
const accents = /[\u0300-\u036f]+/g

/**
 * Takes a text apart in the one way that the index and the queries share. Scripts with spaces give words. Chinese,
 * Japanese, Korean and others without them give each two neighbouring characters as a word, and each character. All
 * are in NFKC, lower case, without accents.
 */
export function* tokenize(text: string): Generator<Token, void> {
  for (const { 0: piece, index } of text.matchAll(run)) {
    if (plainWord.test(piece)) yield wordToken(piece.toLowerCase(), index, piece.length)
    else yield* tokensOfRun(piece, index)
  }
}

function* tokensOfRun(piece: string, index: number): Generator<Token, void> {
  let start = index
  for (const [at, part] of piece.split(denseRun).entries()) {
    const isDense = at % 2 === 1
    if (part !== '') yield* isDense ? pairsOf(part, start) : wordsOf(part, start)
    start += part.length
  }
}

/** One character may stand for several words: “½”. They share its place. */
function* wordsOf(text: string, start: number): Generator<Token, void> {
  const isEmoji = /^\p{Extended_Pictographic}/u.test(text)
  const normal = normalize(text)
  const words = isEmoji ? [normal] : normal.split(/[^\p{L}\p{N}\p{M}]+/u)
  for (const word of words) if (word !== '') yield wordToken(word, start, text.length)
}

function wordToken(word: string, start: number, length: number): Token {
  const cut = word.length > wordLengthMax ? word.slice(0, wordLengthMax).toWellFormed() : word
  return { kind: 'word', word: cut, start, end: start + length }
}

function* pairsOf(text: string, offset: number): Generator<Token, void> {
  const isPlain = plainDense.test(text)
  let before: Token | undefined
  for (const { 0: written, index } of text.matchAll(character)) {
    const start = offset + index
    const end = start + written.length
    const here: Token = {
      kind: 'character',
      word: isPlain ? written : normalize(written),
      start,
      end,
    }
    if (before) yield { kind: 'word', word: before.word + here.word, start: before.start, end }
    yield here
    before = here
  }
}

function normalize(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(accents, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('\u{fe0f}', '')
}
