import 'server-only'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import { isTemporaryChat } from '@/shared/chat/temporary-chat'
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
  // Who is told of a chat lists it.
  if (!isTemporaryChat(chat.chatId))
    services.liveEvents.publish(chat.userId, { type: 'chat-changed', chat: summary })
  return summary
}

/** The same of many, in one event. */
export async function tellAllChanged(
  services: Services,
  chats: { userId: string; chatIds: readonly string[] },
): Promise<ChatSummary[]> {
  const summaries = await services.db.chats.summaries(chats)
  services.liveEvents.publish(chats.userId, { type: 'chats-changed', chats: summaries })
  return summaries
}

export function summaryOf(row: ChatRow): ChatSummary {
  const {
    model: _model,
    selectedLeafId: _leaf,
    comparedQuestionId: _question,
    titleSource: _source,
    ...summary
  } = row
  return summary
}
