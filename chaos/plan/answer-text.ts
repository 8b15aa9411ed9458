import type { Random } from './random'

/** What a model says, token by token; joined, the tokens are the answer. */
export type AnswerText = readonly string[]

const charactersMax = 20_000

const words = ['the', 'stream', 'answer', ' ', ', ', '. ', 'a', 'of', '0', '42', '`code`'] as const
/** What breaks parsers that split at the wrong place: in a line, in a character, in a field’s name. */
const hard = [
  '\r',
  '\n',
  '\r\n',
  '\n\n',
  '\u2028',
  '\u2029',
  '\uFEFF',
  'data:',
  'data: [DONE]\n\n',
  '\n\nid: 1\ndata: {}\n\n',
  ': ',
  '"\\',
  '</script>',
  'é',
  'e\u0301',
  '汉字流',
  '한국어',
  'עברית',
  '👩‍👩‍👧‍👦',
  '🏳️‍🌈',
  '😀',
  '𝒳',
] as const

export function drawText(random: Random): AnswerText {
  const count = random.chance(0.08) ? 1 : random.magnitude(4, 900)
  const lengthMax = random.pick([1, 3, 8, 24, 100])
  const hardShare = random.pick([0, 0.05, 0.3])
  const splitsPairs = random.chance(0.2)
  // Models begin with a word; `<think>` there would make it something else.
  const tokens = ['So']
  for (let length = 0; tokens.length < count && length < charactersMax;) {
    const token = drawToken(random, { lengthMax, hardShare })
    length += token.length
    tokens.push(...(splitsPairs ? halves(token) : [token]))
  }
  return tokens
}

function drawToken(
  random: Random,
  { lengthMax, hardShare }: { lengthMax: number; hardShare: number },
): string {
  let token = random.chance(hardShare) ? random.pick(hard) : random.pick(words)
  const length = random.magnitude(1, lengthMax)
  while (token.length < length) token += random.pick(words)
  return token
}

/** A model’s tokens may end between the two halves of a character beyond the first 65,536. */
function halves(token: string): string[] {
  const at = token.search(/[\uD800-\uDBFF][\uDC00-\uDFFF]/)
  return at === -1 ? [token] : [token.slice(0, at + 1), token.slice(at + 1)]
}
