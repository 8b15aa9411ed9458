import 'server-only'
import type { MessagePage } from '@/shared/chat/chat-summary'
import type { ChatMessage } from '@/shared/chat/message'
import { loadBranch } from './branch'
import type { Connection } from './connection'
import { toChatMessage } from './message-codec'
import { loadMessagePage, type MessagePageEnd } from './message-page'
import {
  purgeRemovedMessages,
  removeBranch,
  type RemoveOutcome,
  restoreBranch,
} from './remove-branch'
import { selectBranch } from './select-branch'

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
  /** Selects the leaf below that message which was chosen last, or else the newest; answers which. */
  select(message: MessageOfUser & { now: number }): Promise<string | undefined>
  /** Hides the message and all that follows it; `restore` undoes it until it is purged. */
  remove(message: MessageOfUser & { now: number }): Promise<RemoveOutcome>
  /** Brings back what went with that message, and selects it. Undoing twice is as good as once. */
  restore(message: MessageOfUser & { now: number }): Promise<string | undefined>
  /** Deletes for good what was removed before that time. Returns how many messages. */
  purgeRemoved(limit: { removedBefore: number }): Promise<number>
}

export function createMessageQueries({ kysely, transaction }: Connection): MessageQueries {
  return {
    path: ({ userId, chatId }) => loadBranch(kysely, { userId, chatId }),
    pathTo: (message) => loadBranch(kysely, message),
    page: (end) => loadMessagePage(kysely, end),
    select: (message) => transaction((inner) => selectBranch(inner, message)),
    remove: (message) => transaction((inner) => removeBranch(inner, message)),
    restore: (message) => transaction((inner) => restoreBranch(inner, message)),
    purgeRemoved: (limit) => purgeRemovedMessages(kysely, limit),

    async get({ userId, chatId, messageId }) {
      const row = await kysely
        .selectFrom('messages')
        .innerJoin('chats', 'chats.id', 'messages.chat_id')
        .where('messages.chat_id', '=', chatId)
        .where('messages.id', '=', messageId)
        .where('chats.user_id', '=', userId)
        .where('chats.removed_at', 'is', null)
        .where('messages.removed_at', 'is', null)
        .selectAll('messages')
        .executeTakeFirst()
      return row && toChatMessage(row)
    },
  }
}
