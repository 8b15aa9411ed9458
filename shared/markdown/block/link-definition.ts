import { unescapeText } from '../inline/character-references'
import { normalizeLabel } from '../inline/references'
import type { Definition } from './source-block'

/** A link definition that is being written: it may take any number of lines, and none is read twice. */
export type DefinitionScan = {
  readonly stage: 'label' | 'destination' | 'before-title' | 'title'
  /** What would be text if this is no definition after all. */
  readonly text: string
  readonly key: number
  readonly label: string
  readonly url: string
  readonly title: string
  /** What closes the title. */
  readonly quote: string
  /** Where the title’s lines begin, when the definition is whole without it. */
  readonly spare: TextPart | undefined
}

export type TextPart = { readonly start: number; readonly key: number }

/** What a line has made of a scan: a definition, text, or still neither. */
export type DefinitionStep = {
  readonly scan?: DefinitionScan
  readonly definition?: Definition
  /** The text that is left. When it is missing, the line is part of the definition or `again` holds. */
  readonly text?: { readonly text: string; readonly key: number }
  /** The line does not belong to the definition and is still to be taken. */
  readonly again?: true
}

type Step = DefinitionStep | undefined

const labelMax = 999

export function startDefinition(key: number): DefinitionScan {
  const none = { label: '', url: '', title: '', quote: '', spare: undefined }
  return { stage: 'label', text: '', key, ...none }
}

/** Takes a line without the white space it begins with; `key` is where it stands in the source. */
export function takeDefinitionLine(
  scan: DefinitionScan,
  line: string,
  key: number,
): DefinitionStep {
  if (scan.stage === 'before-title' && !/^["'(]/.test(line)) {
    return { definition: definitionOf(scan), again: true }
  }
  const spare = scan.stage === 'before-title' ? { start: scan.text.length + 1, key } : scan.spare
  const text = scan.text === '' ? line : `${scan.text}\n${line}`
  const next = { ...scan, text, spare }
  return takeStage(next, line) ?? failed(next)
}

/** What a definition is when its paragraph ends. */
export function endDefinition(scan: DefinitionScan): DefinitionStep {
  return scan.stage === 'before-title' ? { definition: definitionOf(scan) } : failed(scan)
}

function failed(scan: DefinitionScan): DefinitionStep {
  const { text, key, spare } = scan
  if (!spare) return { text: { text, key } }
  const rest = { text: text.slice(spare.start), key: spare.key }
  return { definition: definitionOf({ ...scan, title: '', quote: '' }), text: rest }
}

function definitionOf({ label, url, title, quote }: DefinitionScan): Definition {
  return {
    label: normalizeLabel(label),
    url: unescapeText(url),
    title: quote === '' ? undefined : unescapeText(title),
  }
}

function takeStage(scan: DefinitionScan, line: string): Step {
  switch (scan.stage) {
    case 'label':
      return takeLabel(scan, line)
    case 'destination':
      return takeDestination(scan, line, 0)
    case 'before-title':
      return takeTitleStart(scan, line, 0)
    case 'title':
      return takeTitle(scan, line, 0)
  }
}

function takeLabel(scan: DefinitionScan, line: string): Step {
  const start = scan.label === '' && line.startsWith('[') ? 1 : 0
  const end = endOfLabel(line, start)
  if (end === undefined) return undefined
  const label = scan.label + line.slice(start, end)
  if (label.length > labelMax) return undefined
  if (end === line.length) return { scan: { ...scan, label: `${label}\n` } }
  if (line[end + 1] !== ':' || label.trim() === '') return undefined
  return takeDestination({ ...scan, stage: 'destination', label }, line, end + 2)
}

/** Of the bracket, or of the line; nothing when this is no label. */
function endOfLabel(line: string, start: number): number | undefined {
  for (let index = start; index < line.length && index - start <= labelMax + 1; index += 1) {
    const character = line[index]
    if (character === ']') return index
    if (character === '[') return undefined
    if (character === '\\') index += 1
  }
  return line.length - start > labelMax ? undefined : line.length
}

function takeDestination(scan: DefinitionScan, line: string, from: number): Step {
  const start = afterSpace(line, from)
  if (start === line.length) return { scan }
  const end = line[start] === '<' ? endOfPointy(line, start) : endOfPlain(line, start)
  if (end === undefined) return undefined
  const url = line[start] === '<' ? line.slice(start + 1, end - 1) : line.slice(start, end)
  return takeTitleStart({ ...scan, stage: 'before-title', url }, line, end)
}

function endOfPointy(line: string, start: number): number | undefined {
  for (let index = start + 1; index < line.length; index += 1) {
    const character = line[index]
    if (character === '>') return index + 1
    if (character === '<') return undefined
    if (character === '\\') index += 1
  }
  return undefined
}

function endOfPlain(line: string, start: number): number | undefined {
  let depth = 0
  let index = start
  for (; index < line.length; index += 1) {
    const code = line.charCodeAt(index)
    if (code <= 0x20 || code === 0x7f) break
    if (code === 0x28) depth += 1
    if (code === 0x29) depth -= 1
    if (depth < 0) return undefined
    if (code === 0x5c && /[!-/:-@[-`{-~]/.test(line.charAt(index + 1))) index += 1
  }
  return depth === 0 && index > start ? index : undefined
}

function takeTitleStart(scan: DefinitionScan, line: string, from: number): Step {
  const start = afterSpace(line, from)
  if (start === line.length) return { scan }
  const quote = { '"': '"', "'": "'", '(': ')' }[line.charAt(start)]
  if (quote === undefined || (start === from && from > 0)) return undefined
  return takeTitle({ ...scan, stage: 'title', quote }, line, start + 1)
}

function takeTitle(scan: DefinitionScan, line: string, from: number): Step {
  const end = endOfTitle(line, from, scan.quote)
  if (end === undefined) return undefined
  const title = scan.title + line.slice(from, end)
  if (end >= line.length) return { scan: { ...scan, title: `${title}\n` } }
  if (afterSpace(line, end + 1) < line.length) return undefined
  return { definition: definitionOf({ ...scan, title }) }
}

function endOfTitle(line: string, from: number, quote: string): number | undefined {
  let index = from
  for (; index < line.length; index += 1) {
    const character = line[index]
    if (character === quote) return index
    if (quote === ')' && character === '(') return undefined
    if (character === '\\') index += 1
  }
  return line.length
}

function afterSpace(line: string, from: number): number {
  let index = from
  while (line[index] === ' ' || line[index] === '\t') index += 1
  return index
}
