import type { ChatSummary } from '@/shared/chat/chat-summary'

/** What part of a list is drawn, in pixels from its top. */
export type SightLine = { from: number; to: number }

/** Drawn above and below what is in sight, so that scrolling meets no gap. */
const overscan = 300
/** Scrolling by less changes nothing. */
const step = 150

/** The same object while the view has moved too little to matter. */
export function rowsInSight(
  before: SightLine,
  { begin, height }: { begin: number; height: number },
): SightLine {
  const from = Math.floor((begin - overscan) / step) * step
  const to = Math.ceil((begin + height + overscan) / step) * step
  return from === before.from && to === before.to ? before : { from, to }
}

/** The chat of the row that has the focus: it stays, or the focus would be lost. */
export function keptChat(list: Element): string | undefined {
  const focused = document.activeElement
  if (!focused || !list.contains(focused)) return undefined
  return focused.closest<HTMLElement>('[data-chat]')?.dataset['chat']
}

export type PlacedRow = { chat: ChatSummary; top: number }

/** Of a group of rows those in sight, and the one that is kept. */
export function rowsToDraw(
  chats: readonly ChatSummary[],
  where: { rowsTop: number; rowHeight: number; sight: SightLine; kept: string | undefined },
): PlacedRow[] {
  const { rowsTop, rowHeight, sight, kept } = where
  const topOf = (index: number) => rowsTop + index * rowHeight
  const from = Math.max(0, Math.floor((sight.from - rowsTop) / rowHeight))
  const to = Math.max(from, Math.ceil((sight.to - rowsTop) / rowHeight))
  const rows = chats.slice(from, to).map((chat, index) => ({ chat, top: topOf(from + index) }))
  const keptAt = kept === undefined ? -1 : chats.findIndex(({ id }) => id === kept)
  const keptRow = chats[keptAt]
  if (!keptRow || (keptAt >= from && keptAt < to)) return rows
  const row = { chat: keptRow, top: topOf(keptAt) }
  return keptAt < from ? [row, ...rows] : [...rows, row]
}
