import 'server-only'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { messagesPerPage } from '@/shared/chat/message-page'
import type { Services } from '../services'
import { liveRun } from './settle-runs'
import { summaryOf } from './tell-changed'

/** A chat with the newest messages of its selected branch, and what waits; nothing when there is none, or it is somebody else's. */
export async function loadChat({
  services,
  ...chat
}: {
  services: Services
  userId: string
  chatId: string
}): Promise<ChatDetail | undefined> {
  const run = await liveRun(services, chat)
  const row = await services.db.chats.get(chat)
  if (!row) return undefined
  const page = await services.db.messages.page({ ...chat, limit: messagesPerPage })
  const queue = await services.db.queue.list(chat)
  return {
    ...summaryOf(row),
    model: row.model,
    ...(page ?? { messages: [], hasEarlier: false }),
    ...(queue.length > 0 && { queue }),
    ...(run && run.messageId !== row.selectedLeafId && { activeElsewhere: true }),
  }
}
