import type { ChatSummary } from './chat-summary'
import { createKeyOf, type ChatGroup } from './group-chats'

type Belongs = (chat: ChatSummary) => boolean

/** The same groups as `groupChats` makes, without looking at every chat: a long list has few groups. */
export function groupManyChats(
  chats: readonly ChatSummary[],
  reader: { now: number; timeZone: string },
): ChatGroup[] {
  const keyOf = createKeyOf(reader)
  const groups: ChatGroup[] = []
  for (let from = 0, first = chats[0]; first; first = chats[from]) {
    const { span, key } = keyOf(first)
    const to = endOf(chats, from, (chat) => keyOf(chat).key === key)
    groups.push({ span, chats: chats.slice(from, to) })
    from = to
  }
  return groups
}

/** Where those end that belong with the one at `from`: in steps that double, then halve. */
function endOf(chats: readonly ChatSummary[], from: number, belongs: Belongs): number {
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
