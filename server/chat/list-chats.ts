import 'server-only'
import type { ChatPage } from '@/shared/chat/chat-summary'
import type { Services } from '../services'

export const chatsPerPage = 40

/** A page of the user's chats, the latest first. */
export function listChats({
  services,
  userId,
  limit = chatsPerPage,
  cursor,
}: {
  services: Services
  userId: string
  limit?: number
  cursor?: string
}): Promise<ChatPage> {
  return services.db.chats.list({ userId, limit, ...(cursor && { cursor }) })
}
