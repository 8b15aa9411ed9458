import type { LanguageId } from './languages'

/** What the page asks of its highlighter. Lines are complete and come in order, from one that follows known ones. */
export type HighlightRequest =
  | { readonly type: 'load'; readonly language: LanguageId }
  | TokenizeRequest
  | { readonly type: 'forget'; readonly document: number }

export type TokenizeRequest = {
  readonly type: 'tokenize'
  readonly document: number
  readonly language: LanguageId
  /** The index of the first of the lines. Lines from there on that were known are known no more. */
  readonly from: number
  readonly lines: readonly string[]
}

/** What it answers: each `load` and each `tokenize` gets one of these, in the order in which they are done. */
export type HighlightReply =
  | { readonly type: 'loaded'; readonly language: LanguageId }
  | { readonly type: 'load-failed'; readonly language: LanguageId }
  | { readonly type: 'tokenized'; readonly tokens: Uint16Array<ArrayBuffer> }
  | { readonly type: 'tokenize-failed' }

/** For each line the number of its tokens, then length and class of each. */
export function packTokens(lines: readonly (readonly number[])[]): Uint16Array<ArrayBuffer> {
  const packed = new Uint16Array(lines.reduce((size, line) => size + 1 + line.length, 0))
  let offset = 0
  for (const line of lines) {
    packed[offset] = line.length / 2
    packed.set(line, offset + 1)
    offset += 1 + line.length
  }
  return packed
}

export function unpackTokens(packed: Uint16Array): Uint16Array[] {
  const lines: Uint16Array[] = []
  for (let offset = 0; offset < packed.length;) {
    const end = offset + 1 + 2 * (packed[offset] ?? 0)
    lines.push(packed.subarray(offset + 1, end))
    offset = end
  }
  return lines
}
