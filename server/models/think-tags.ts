import 'server-only'

export type ThinkPiece = { kind: 'reasoning' | 'text'; text: string }

export type ThinkTagReader = {
  /** The pieces that this delta settles; what may still turn out to be a tag is held back. */
  push(delta: string): ThinkPiece[]
  /** What was held back, once no more can come. */
  end(): ThinkPiece[]
}

const openTag = '<think>'
const closeTag = '</think>'
/** Space before the tag is not text, but an answer that is nothing but space must not be held for ever. */
const leadingSpaceMax = 64

/**
 * Tells reasoning from answer where a model writes it into its text, as `<think>…</think>` at the beginning. Only there:
 * the same words further on, in an answer about such tags, are text. Deltas after the decision pass untouched.
 */
export function createThinkTagReader(): ThinkTagReader {
  let state: 'undecided' | 'reasoning' | 'gap' | 'text' = 'undecided'
  let held = ''
  let reasoningBegun = false

  function decide(): ThinkPiece[] {
    const text = held.trimStart()
    if (text.startsWith(openTag)) {
      state = 'reasoning'
      held = text.slice(openTag.length)
      return reason()
    }
    if (openTag.startsWith(text) && held.length <= leadingSpaceMax) return []
    state = 'text'
    return piece('text', take())
  }

  function reason(): ThinkPiece[] {
    if (!reasoningBegun) held = held.trimStart()
    const end = held.indexOf(closeTag)
    if (end >= 0) {
      const reasoning = piece('reasoning', held.slice(0, end).trimEnd())
      state = 'gap'
      held = held.slice(end + closeTag.length)
      return [...reasoning, ...skipGap()]
    }
    const settled = held.slice(0, held.length - partialEndLength(held)).trimEnd()
    held = held.slice(settled.length)
    reasoningBegun ||= settled.length > 0
    return piece('reasoning', settled)
  }

  function skipGap(): ThinkPiece[] {
    if (held.trim() === '') return []
    state = 'text'
    // The blank lines between the two go; the indentation of the answer's first line stays.
    return piece('text', take().replace(/^\s*\n|^\s+/, ''))
  }

  function take(): string {
    const text = held
    held = ''
    return text
  }

  return {
    push(delta) {
      if (state === 'text') return piece('text', delta)
      held += delta
      if (state === 'undecided') return decide()
      return state === 'reasoning' ? reason() : skipGap()
    },
    end() {
      const rest = take()
      if (state === 'gap') return []
      return state === 'reasoning' ? piece('reasoning', rest.trimEnd()) : piece('text', rest)
    },
  }
}

function piece(kind: ThinkPiece['kind'], text: string): ThinkPiece[] {
  return text ? [{ kind, text }] : []
}

/** How much of the end could be the beginning of the closing tag. */
function partialEndLength(text: string): number {
  for (let length = Math.min(closeTag.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(closeTag.slice(0, length))) return length
  }
  return 0
}
