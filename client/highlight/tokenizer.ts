import { createShikiPrimitive, type Grammar, type LanguageRegistration } from '@shikijs/core'
import { EncodedTokenMetadata, INITIAL, type StateStack } from '@shikijs/core/textmate'
import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript'
import { classesOfColors, codeTheme } from './code-theme'

/** Longer lines stay plain: they are data, and hostile ones are slow. It must fit in 16 bits. */
export const lineLengthMax = 2_000

export type TokenizedLine = {
  /** Length and class in turn; where they end, the rest of the line is plain. */
  readonly tokens: readonly number[]
  readonly state: StateStack
}

export type Tokenizer = {
  register(grammar: LanguageRegistration[]): void
  /** One line without its end, from the state in which the line before has left the grammar. */
  tokenize(language: string, line: string, state: StateStack): TokenizedLine
}

export const initialState: StateStack = INITIAL

export function createTokenizer(): Tokenizer {
  // A pattern that JavaScript can't express is left out; the rest of its grammar still colours.
  const engine = createJavaScriptRegexEngine({ forgiving: true })
  const shiki = createShikiPrimitive({ engine, themes: [codeTheme], langs: [], warnings: false })
  const classes = classesOfColors(shiki.setTheme('rivulet').colorMap)

  return {
    register: (grammar) => shiki.loadLanguageSync(...grammar),
    tokenize(language, line, state) {
      if (line.length > lineLengthMax) return { tokens: [], state }
      const grammar = shiki.getLanguage(language)
      // Without a time limit: the first lines compile the grammar, and one cut short would colour the rest wrongly.
      const { tokens, ruleStack } = grammar.tokenizeLine2(line, state)
      return { tokens: mergedTokens({ line, tokens, classes }), state: ruleStack }
    },
  }
}

type Encoded = {
  line: string
  tokens: ReturnType<Grammar['tokenizeLine2']>['tokens']
  classes: number[]
}

/** Neighbours of one class become one, white space joins what is before it, and a plain end is left out. */
function mergedTokens({ line, tokens, classes }: Encoded): number[] {
  const merged: number[] = []
  for (let index = 0; index < tokens.length; index += 2) {
    const start = tokens[index] ?? 0
    const end = Math.min(tokens[index + 2] ?? line.length, line.length)
    const color = EncodedTokenMetadata.getForeground(tokens[index + 1] ?? 0)
    append(merged, end - start, isBlank(line, start, end) ? undefined : (classes[color] ?? 0))
  }
  if (merged.at(-1) === 0) merged.length -= 2
  return merged
}

function append(merged: number[], length: number, ownClass: number | undefined): void {
  const last = merged.length - 2
  if (length <= 0) return
  if (last >= 0 && (ownClass === undefined || merged[last + 1] === ownClass)) {
    merged[last] = (merged[last] ?? 0) + length
  } else merged.push(length, ownClass ?? 0)
}

function isBlank(line: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    const code = line.charCodeAt(index)
    if (code !== 32 && code !== 9) return false
  }
  return true
}
