import { lengthOfRun } from './block-starts'
import { startDefinition, takeDefinitionLine } from './link-definition'
import { findClosing } from './math-fence'
import { sequenceLength } from './sequence'
import type { Place } from './start-blocks'
import { isBlank } from './white-space'

/** How long a line is held that may become a table’s header, and how long one that may define a link. */
export const headerMax = 1_000
const labelMax = 80
const tagMax = 120

/**
 * Whether the unfinished line may still become one of several blocks that look different, so that showing it as one
 * of them would flicker. Never true of ordinary text.
 */
export function isUndecided(place: Place): boolean {
  const { cursor, paragraph } = place
  if (cursor.indent >= 4) return false
  const { rest, next } = cursor
  switch (next) {
    case '#':
      return /^#{1,6}[ \t]*$/.test(rest)
    case '-':
      return isMarkers(rest) || (paragraph !== undefined && /^[-:| \t]*$/.test(rest))
    case '*':
    case '_':
    case '+':
      return isMarkers(rest)
    case '=':
      return paragraph !== undefined && /^=+[ \t]*$/.test(rest)
    case '|':
      return place.draft.leaf?.type !== 'table' && rest.length <= headerMax
    case ':':
      return paragraph !== undefined && /^[-:| \t]*$/.test(rest)
    case '`':
    case '~':
      return isHalfFence(rest)
    case '<':
      return isHalfTag(rest, paragraph !== undefined)
    case '[':
      return isHalfDefinition(place)
    case '$':
    case '\\':
      return isHalfMath(rest)
    default:
      return isHalfNumber(place)
  }
}

/** A list’s marker, a rule or the beginning of bold text. */
function isMarkers(rest: string): boolean {
  return /^(?:\+|[-*_](?:[-*_ \t])*)[ \t]*$/.test(rest)
}

function isHalfNumber({ cursor, paragraph }: Place): boolean {
  const number = /^(\d{1,9})(?:[.)][ \t]*)?$/.exec(cursor.rest)?.[1]
  return number !== undefined && (paragraph === undefined || number === '1')
}

function isHalfFence(rest: string): boolean {
  const marker = rest.charAt(0)
  const length = lengthOfRun(rest, marker)
  if (length < 3) return length === rest.length
  return marker === '~' || !rest.includes('`', length)
}

function isHalfTag(rest: string, inParagraph: boolean): boolean {
  if (rest.length > tagMax) return false
  if (/^<(?:[!?]|!-|!\[[A-Z]*|\/?(?:[a-zA-Z][a-zA-Z0-9-]*)?\/?)$/.test(rest)) return true
  return !inParagraph && /^<\/?[a-zA-Z][^<>]*>?[ \t]*$/.test(rest)
}

function isHalfMath(rest: string): boolean {
  if (rest === '$' || rest === '\\') return true
  const fence = rest.startsWith('$$') ? '$$' : '\\['
  if (!rest.startsWith(fence) || rest.length > headerMax) return false
  const end = findClosing(rest.slice(2), fence)
  return end === undefined || isBlank(rest.slice(end + 4))
}

/** Of a link, of a footnote, or a task’s box. */
function isHalfDefinition(place: Place): boolean {
  const { rest } = place.cursor
  if (/^\[\^[^\s[\]]*\]?$/.test(rest)) return rest.length <= labelMax
  const { paragraph } = place
  if (paragraph && paragraph.text !== '') return false
  return (isItemStart(place) && /^\[[ \txX]?\]?[ \t]*$/.test(rest)) || isHalfLink(place)
}

function isItemStart({ draft }: Place): boolean {
  const { top } = draft
  return top.type === 'item' && sequenceLength(top.blocks) === 0
}

function isHalfLink({ cursor }: Place): boolean {
  const { rest } = cursor
  const line = rest.endsWith(']') ? `${rest}:` : rest
  const step = takeDefinitionLine(startDefinition(0), line, 0)
  if (step.scan?.stage === 'label') return rest.length <= labelMax
  return step.text === undefined
}
