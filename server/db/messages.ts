import 'server-only'
import type { MessagePage } from '@/shared/chat/chat-summary'
import type { ChatMessage } from '@/shared/chat/message'
import { loadBranch } from './branch'
import type { Connection } from './connection'
import { toChatMessage } from './message-codec'
import { loadMessagePage, type MessagePageEnd } from './message-page'

type MessageOfUser = { userId: string; chatId: string; messageId: string }

/** Messages of somebody else's chat, or of a removed one, are answered like unknown ones. */
export type MessageQueries = {
  /** The selected branch: from the root to the chat's selected leaf. */
  path(chat: { userId: string; chatId: string }): Promise<ChatMessage[]>
  /** From the root to that message, on whatever branch it is. */
  pathTo(message: MessageOfUser): Promise<ChatMessage[]>
  /** The last of the selected branch, or those right before a message of any branch. Nothing when the end is unknown. */
  page(end: MessagePageEnd): Promise<MessagePage | undefined>
  get(message: MessageOfUser): Promise<ChatMessage | undefined>
}

export function createMessageQueries({ kysely }: Connection): MessageQueries {
  return {
    path: ({ userId, chatId }) => loadBranch(kysely, { userId, chatId }),
    pathTo: (message) => loadBranch(kysely, message),
    page: (end) => loadMessagePage(kysely, end),

    async get({ userId, chatId, messageId }) {
      const row = await kysely
        .selectFrom('messages')
        .innerJoin('chats', 'chats.id', 'messages.chat_id')
        .where('messages.chat_id', '=', chatId)
        .where('messages.id', '=', messageId)
        .where('chats.user_id', '=', userId)
        .where('chats.removed_at', 'is', null)
        .selectAll('messages')
        .executeTakeFirst()
      return row && toChatMessage(row)
    },
  }
}
