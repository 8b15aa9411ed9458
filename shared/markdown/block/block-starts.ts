import { trimEnd, trimStart } from './white-space'

// Every expression here is anchored and reads a line once: hostile lines cost no more than others.

export function isThematicBreak(rest: string): boolean {
  return /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(rest)
}

/** The level of a setext heading’s underline. */
export function readUnderline(rest: string): 1 | 2 | undefined {
  if (!/^(?:=+|-+)[ \t]*$/.test(rest)) return undefined
  return rest.startsWith('=') ? 1 : 2
}

export type HeadingStart = { readonly level: number; readonly text: string }

export function readHeading(rest: string): HeadingStart | undefined {
  const marker = /^#{1,6}(?=[ \t]|$)/.exec(rest)?.[0]
  if (marker === undefined) return undefined
  return { level: marker.length, text: withoutClosing(trimStart(rest.slice(marker.length))) }
}

function withoutClosing(text: string): string {
  const content = trimEnd(text)
  let end = content.length
  while (content[end - 1] === '#') end -= 1
  if (end === 0) return ''
  const before = content[end - 1]
  return end < content.length && (before === ' ' || before === '\t')
    ? trimEnd(content.slice(0, end))
    : content
}

export type FenceStart = { readonly fence: string; readonly info: string }

export function readFence(rest: string): FenceStart | undefined {
  const match = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/.exec(rest)
  const fence = match?.[1] ?? match?.[3]
  if (fence === undefined) return undefined
  return { fence, info: match?.[2] ?? match?.[4] ?? '' }
}

export function closesFence(rest: string, fence: string): boolean {
  const marker = rest.charAt(0)
  if (marker !== fence.charAt(0)) return false
  const line = trimEnd(rest)
  return line.length >= fence.length && lengthOfRun(line, marker) === line.length
}

export function lengthOfRun(text: string, character: string): number {
  let length = 0
  while (text[length] === character) length += 1
  return length
}

export type ListMarker = {
  readonly text: string
  /** The bullet, or the character behind the number. */
  readonly kind: string
  readonly start: number | undefined
}

export function readListMarker(rest: string): ListMarker | undefined {
  const match = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(rest)
  if (!match) return undefined
  const [text, number] = match
  return { text, kind: text.slice(-1), start: number === undefined ? undefined : Number(number) }
}

export type FootnoteStart = { readonly label: string; readonly length: number }

export function readFootnoteStart(rest: string): FootnoteStart | undefined {
  const match = /^\[\^((?:[^\s[\]\\]|\\[[\]\\]|\\(?![[\]\\]))+)\]:/.exec(rest)
  const label = match?.[1]
  if (!match || label === undefined || label.length > 999) return undefined
  return { label, length: match[0].length }
}
