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
  const format = formatFor(timeZone)
  return (time) => {
    const parts = new Map(
      format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
    )
    const [year = 0, month = 1, day = 1] = [parts.get('year'), parts.get('month'), parts.get('day')]
    return { index: Date.UTC(year, month - 1, day) / dayMs, month: `${year}-${month}` }
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one takes longer than all that it is used for here. A reader has one time zone. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  if (formats.size < timeZonesMax) formats.set(timeZone, format)
  return format
}

const timeZonesMax = 500
