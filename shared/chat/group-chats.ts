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
  const dayOf = createDayOf(timeZone)
  const today = dayOf(now).index
  const keyOf = ({ updatedAt }: ChatSummary) => {
    const day = dayOf(updatedAt)
    const span = spanOf(today - day.index)
    return { span, key: span === 'month' ? day.month : span }
  }
  const groups: ChatGroup[] = []
  for (let from = 0, first = chats[0]; first; first = chats[from]) {
    const { span, key } = keyOf(first)
    const to = endOf(chats, from, (chat) => keyOf(chat).key === key)
    groups.push({ span, chats: chats.slice(from, to) })
    from = to
  }
  return groups
}

/** Where those end that belong with the one at `from`: in steps that double, then halve, for a long list has few groups. */
function endOf(
  chats: readonly ChatSummary[],
  from: number,
  belongs: (chat: ChatSummary) => boolean,
): number {
  const belongsAt = (index: number) => {
    const chat = chats[index]
    return chat !== undefined && belongs(chat)
  }
  let inside = from
  let step = 1
  while (belongsAt(inside + step)) {
    inside += step
    step *= 2
  }
  for (; step >= 1; step = Math.floor(step / 2)) if (belongsAt(inside + step)) inside += step
  return inside + 1
}

function spanOf(daysAgo: number): ChatGroup['span'] {
  if (daysAgo <= 0) return 'today'
  if (daysAgo === 1) return 'yesterday'
  if (daysAgo <= 7) return 'previous7Days'
  return daysAgo <= 30 ? 'previous30Days' : 'month'
}

function createDayOf(timeZone: string): (time: number) => { index: number; month: string } {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  return (time) => {
    const parts = new Map(
      format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
    )
    const [year = 0, month = 1, day = 1] = [parts.get('year'), parts.get('month'), parts.get('day')]
    return { index: Date.UTC(year, month - 1, day) / dayMs, month: `${year}-${month}` }
  }
}
