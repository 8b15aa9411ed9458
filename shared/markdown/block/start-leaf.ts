import { unescapeText } from '../inline/character-references'
import {
  isThematicBreak,
  readFence,
  readHeading,
  readListMarker,
  readUnderline,
} from './block-starts'
import { paragraph as paragraphOf } from './close-leaf'
import { readHtmlStart } from './html-start'
import { keyOf } from './line-context'
import { endDefinition } from './link-definition'
import { readMathStart } from './math-fence'
import { append, emptySequence } from './sequence'
import type { Place } from './start-blocks'
import { readDelimiterRow, splitCells } from './table-row'
import { trimEnd, trimStart } from './white-space'

/** Takes the line as the heading, rule or code, or whatever else but a paragraph begins here. */
export function startLeaf(place: Place): boolean {
  if (place.cursor.indent >= 4) return startIndented(place)
  return starters(place.cursor.next).some((start) => start(place))
}

type Starter = (place: Place) => boolean

/** In the order in which they have precedence. */
function starters(character: string): readonly Starter[] {
  switch (character) {
    case '#':
      return [startHeading]
    case '`':
    case '~':
      return [startFenced]
    case '<':
      return [startHtml]
    case '=':
      return [takeUnderline]
    case '-':
      return [takeUnderline, startRule, startTable]
    case '*':
    case '_':
      return [startRule]
    case '|':
    case ':':
      return [startTable]
    case '$':
    case '\\':
      return [startMath]
    default:
      return []
  }
}

function startIndented({ draft, cursor, line, depth }: Place): boolean {
  if (draft.leaf?.type === 'paragraph') return false
  draft.closeTo(depth)
  const key = line.start + cursor.nextOffset
  cursor.skipIndent(4)
  const lines = append(emptySequence<string>(), cursor.remainder)
  const block = { type: 'code' as const, key, language: undefined, lines, open: true }
  draft.begin({ type: 'indented', block, blanks: emptySequence() })
  return true
}

function startHeading(place: Place): boolean {
  const { draft, cursor, line, depth } = place
  const heading = readHeading(cursor.rest)
  if (!heading) return false
  draft.closeTo(depth)
  draft.add({ type: 'heading', key: keyOf(place), ...heading, open: !line.ended })
  return true
}

function startFenced(place: Place): boolean {
  const { draft, cursor, depth } = place
  const start = readFence(cursor.rest)
  if (!start) return false
  draft.closeTo(depth)
  const language = /^[^ \t]+/.exec(trimStart(start.info))?.[0]
  const block = {
    type: 'code' as const,
    key: keyOf(place),
    language: language === undefined ? undefined : unescapeText(language),
    lines: emptySequence<string>(),
    open: true,
  }
  draft.begin({ type: 'fenced', block, fence: start.fence, indent: cursor.indent })
  return true
}

function startHtml(place: Place): boolean {
  const { draft, cursor, line, depth } = place
  const start = readHtmlStart(cursor.rest, draft.leaf?.type === 'paragraph')
  if (!start) return false
  draft.closeTo(depth)
  const lines = append(emptySequence<string>(), cursor.remainder)
  const block = { type: 'html' as const, key: keyOf(place), lines }
  draft.begin({ type: 'html', block, end: start.end })
  if (line.ended && start.end?.test(cursor.rest)) draft.closeLeaf()
  return true
}

function startRule(place: Place): boolean {
  const { draft, cursor, depth } = place
  if (!isThematicBreak(cursor.rest)) return false
  draft.closeTo(depth)
  draft.add({ type: 'rule', key: keyOf(place) })
  return true
}

function startMath(place: Place): boolean {
  const { draft, cursor, line, depth } = place
  const start = readMathStart(cursor.rest)
  if (!start || line.start < draft.before.noMathBefore[start.fence]) return false
  draft.closeTo(depth)
  const { fence, closed } = start
  const tex = start.tex.trim()
  const key = keyOf(place)
  if (closed) draft.add({ type: 'math', key, tex, open: false })
  else {
    const opener = { state: draft.before, lineStart: line.start }
    const inline = tex !== ''
    draft.begin({ type: 'math', key, fence, tex, inline, lastLineBlank: false, opener })
  }
  return true
}

/** Makes a heading of the paragraph above. */
function takeUnderline({ draft, cursor, paragraph }: Place): boolean {
  const level = readUnderline(cursor.rest)
  if (level === undefined || !paragraph) return false
  const { definition, text: content } = paragraph.definition
    ? endDefinition(paragraph.definition)
    : { definition: undefined, text: paragraph }
  if (!content || content.text === '') return false
  if (definition) draft.define(definition)
  draft.leaf = undefined
  const text = trimEnd(content.text)
  draft.add({ type: 'heading', key: content.key, level, text, open: false })
  return true
}

/** Makes a table’s header of the last line of the paragraph above. */
function startTable({ draft, cursor, paragraph }: Place): boolean {
  if (!paragraph || paragraph.text === '' || readListMarker(cursor.rest)) return false
  const alignments = readDelimiterRow(cursor.rest)
  if (!alignments) return false
  const { key, text, lastLine } = paragraph
  const cells = splitCells(text.slice(lastLine.start))
  if (cells.length !== alignments.length) return false
  draft.leaf = undefined
  if (lastLine.start > 0) draft.add(paragraphOf(key, text.slice(0, lastLine.start - 1)))
  const header = { key: lastLine.key, cells, openCell: undefined }
  const rows = emptySequence<never>()
  const block = { type: 'table' as const, key: lastLine.key, alignments, header, rows }
  draft.begin({ type: 'table', block })
  return true
}
