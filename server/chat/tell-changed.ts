import 'server-only'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import type { ChatRow } from '../db/chats'
import type { Services } from '../services'

/** Tells the user's other tabs and devices how the chat stands now. */
export async function tellChanged(
  services: Services,
  chat: { userId: string; chatId: string },
): Promise<ChatSummary | undefined> {
  const row = await services.db.chats.get(chat)
  if (!row) return undefined
  const summary = summaryOf(row)
  services.liveEvents.publish(chat.userId, { type: 'chat-changed', chat: summary })
  return summary
}

export function summaryOf({ id, title, createdAt, updatedAt, activeRunId }: ChatRow): ChatSummary {
  return { id, title, createdAt, updatedAt, activeRunId }
}
