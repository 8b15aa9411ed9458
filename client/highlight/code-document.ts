import type { CodeBlock } from '@/shared/markdown/tree'
import type { Highlighter, HighlightResult, HighlightSource, LineTokens } from './highlighter'
import { languageOf, type LanguageId } from './languages'

/** What a group of lines shows: each text with its tokens, so that tokens are never laid over another text. */
export type GroupColours = {
  readonly texts: readonly string[]
  readonly tokens: readonly LineTokens[]
}

export type GroupRange = { readonly first: number; readonly last: number }

/** The lines of a code block with their colours, for views that read it group by group. */
export type CodeDocument = {
  /** Takes what the block says now. Lines keep their tokens as far as it says the same as before, or says it again. */
  update(block: CodeBlock): void
  /** What the block says. */
  text(): string
  /** Lets the highlighter forget it; after a later update it begins anew. */
  release(): void
  /** A group that is near the reader wants its colours; one that is far needs none. */
  setNear(group: number, near: boolean): void
  /** These groups keep what they show, for a selection lies in them. `undefined` lets all change again. */
  hold(range: GroupRange | undefined): void
  subscribe(group: number, listener: () => void): () => void
  colours(group: number): GroupColours | undefined
}

/** Further lines stay plain. */
export const linesMax = 20_000

export function createCodeDocument(highlighter: Highlighter): CodeDocument {
  const lines: string[] = []
  /** The first line of each group, and behind them the number of lines. */
  const starts: number[] = [0]
  const coloured = { texts: [] as string[], tokens: [] as LineTokens[] }
  const near = new Set<number>()
  const shown = new Map<number, GroupColours>()
  const listeners = new Map<number, Set<() => void>>()
  let groups: CodeBlock['lines'] = []
  let open = true
  let language: LanguageId | undefined
  let source: HighlightSource | undefined
  let held: GroupRange | undefined

  function update(block: CodeBlock) {
    setLanguage(languageOf(block.language)?.id)
    const first = firstChange(groups, block.lines)
    groups = block.lines
    open = block.open
    replaceLines(first)
    dropChanged(starts[first] ?? 0)
    refreshAll()
    if (source) highlighter.request(source)
  }

  function setLanguage(next: LanguageId | undefined) {
    if (next === language) return
    if (source) highlighter.release(source)
    language = next
    source = next && sourceIn(next)
    cutAt(0)
  }

  function replaceLines(firstGroup: number) {
    starts.length = firstGroup + 1
    lines.length = starts[firstGroup] ?? 0
    for (const group of groups.slice(firstGroup)) {
      for (const line of group) lines.push(line)
      starts.push(lines.length)
    }
  }

  function dropChanged(from: number) {
    const end = Math.min(complete(), coloured.texts.length)
    for (let index = from; index < end; index += 1)
      if (lines[index] !== coloured.texts[index]) return cutAt(index)
  }

  function cutAt(index: number) {
    coloured.texts.length = Math.min(coloured.texts.length, index)
    coloured.tokens.length = coloured.texts.length
  }

  /** How many lines may have colours: the last one of an open block has not ended. */
  function complete(): number {
    return Math.max(0, Math.min(linesMax, open ? lines.length - 1 : lines.length))
  }

  function sourceIn(id: LanguageId): HighlightSource {
    return {
      language: id,
      get tokenized() {
        return coloured.tokens.length
      },
      get wanted() {
        return Math.min(complete(), starts[Math.max(-1, ...near) + 1] ?? Infinity)
      },
      get finished() {
        return !open && coloured.tokens.length >= complete()
      },
      linesBetween: (from, to) => lines.slice(from, to),
      take,
      giveUp() {
        source = undefined
        cutAt(0)
        refreshAll()
      },
    }
  }

  /** Of a late result only what the text still says counts. */
  function take({ from, lines: texts, tokens }: HighlightResult) {
    const end = Math.min(complete(), from + texts.length)
    for (let index = coloured.texts.length; index < end; index += 1) {
      const [text, lineTokens] = [texts[index - from], tokens[index - from]]
      if (text === undefined || !lineTokens || text !== lines[index]) break
      coloured.texts.push(text)
      coloured.tokens.push(lineTokens)
    }
    refreshAll()
  }

  /** Few are near or shown at any time, however long the block. */
  function refreshAll() {
    for (const group of new Set([...near, ...shown.keys()])) refresh(group)
  }

  function refresh(group: number) {
    if (held && group >= held.first && group <= held.last) return
    const before = shown.get(group)
    const after = near.has(group) ? coloursOf(group) : undefined
    if (sameItems(before?.tokens, after?.tokens)) return
    if (after) shown.set(group, after)
    else shown.delete(group)
    for (const listener of listeners.get(group) ?? []) listener()
  }

  function coloursOf(group: number): GroupColours | undefined {
    const [start = 0, end = 0] = starts.slice(group, group + 2)
    const tokens = coloured.tokens.slice(start, end)
    return tokens.length > 0 ? { texts: coloured.texts.slice(start, end), tokens } : undefined
  }

  return {
    update,
    text: () => lines.join('\n'),
    release: () => {
      if (source) highlighter.release(source)
    },
    setNear(group, isNear) {
      if (isNear) near.add(group)
      else near.delete(group)
      refresh(group)
      if (isNear && source) highlighter.request(source)
    },
    hold(range) {
      if (!range && !held) return
      held = range
      refreshAll()
    },
    subscribe(group, listener) {
      const own = listeners.get(group) ?? new Set()
      listeners.set(group, own.add(listener))
      return () => void own.delete(listener)
    },
    colours: (group) => shown.get(group),
  }
}

function firstChange(before: CodeBlock['lines'], after: CodeBlock['lines']): number {
  let group = 0
  while (group < before.length && group < after.length && before[group] === after[group]) group += 1
  return group
}

function sameItems<Item>(left: readonly Item[] = [], right: readonly Item[] = []): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index])
}
