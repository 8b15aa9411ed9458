import type { ChatSummary } from '@/shared/chat/chat-summary'

/** The order of a list, as the server pages it. */
export function latestFirst(left: ChatSummary, right: ChatSummary): number {
  if (left.id === right.id) return 0
  return right.updatedAt - left.updatedAt || (left.id < right.id ? 1 : -1)
}

/** Where a chat stands in such a list, or would. */
export function indexFor(chats: readonly ChatSummary[], chat: ChatSummary): number {
  let from = 0
  let to = chats.length
  while (from < to) {
    const middle = (from + to) >> 1
    const other = chats[middle]
    if (other && latestFirst(other, chat) < 0) from = middle + 1
    else to = middle
  }
  return from
}
