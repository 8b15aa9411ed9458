import type { ChatSummary } from './chat-summary'

export type ChatGroup = {
  span: 'today' | 'yesterday' | 'previous7Days' | 'previous30Days' | 'month'
  chats: ChatSummary[]
}

const dayMs = 86_400_000

/**
 * Puts chats, newest first, under the days and months a reader thinks in. A month’s group holds the chats last changed
 * in it; its first chat tells which month.
 * @param timeZone the reader’s, as an IANA name
 */
export function groupChats(
  chats: readonly ChatSummary[],
  { now, timeZone }: { now: number; timeZone: string },
): ChatGroup[] {
  const keyOf = createKeyOf({ now, timeZone })
  const groups: ChatGroup[] = []
  let lastKey: string | undefined
  for (const chat of chats) {
    const { span, key } = keyOf(chat)
    if (key !== lastKey) groups.push({ span, chats: [] })
    groups.at(-1)?.chats.push(chat)
    lastKey = key
  }
  return groups
}

/** Chats of one key belong in one group. */
export function createKeyOf({ now, timeZone }: { now: number; timeZone: string }) {
  const dayOf = createDayOf(timeZone)
  const today = dayOf(now).index
  return ({ updatedAt }: ChatSummary): { span: ChatGroup['span']; key: string } => {
    const day = dayOf(updatedAt)
    const span = spanOf(today - day.index)
    return { span, key: span === 'month' ? day.month : span }
  }
}

function spanOf(daysAgo: number): ChatGroup['span'] {
  if (daysAgo <= 0) return 'today'
  if (daysAgo === 1) return 'yesterday'
  if (daysAgo <= 7) return 'previous7Days'
  return daysAgo <= 30 ? 'previous30Days' : 'month'
}

function createDayOf(timeZone: string): (time: number) => { index: number; month: string } {
  const dateAt = createDateAt(timeZone)
  return (time) => {
    const date = dateAt(time)
    return { index: Date.parse(date) / dayMs, month: date.slice(0, 7) }
  }
}

/**
 * Tells the date, as `2026-11-27`. By Temporal where there is one: the first formatter of a page takes 20 ms, and this is
 * asked for while it opens.
 */
function createDateAt(timeZone: string): (time: number) => string {
  if (!('Temporal' in globalThis)) return (time) => formatFor(timeZone).format(time)
  return (time) =>
    Temporal.Instant.fromEpochMilliseconds(time)
      .toZonedDateTimeISO(timeZone)
      .toPlainDate()
      .toString()
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one takes longer than all that it is used for here. A reader has one time zone. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  // Swedish dates are those of ISO 8601.
  const format = new Intl.DateTimeFormat('sv', { timeZone })
  if (formats.size < timeZonesMax) formats.set(timeZone, format)
  return format
}

const timeZonesMax = 500
