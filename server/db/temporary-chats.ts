import 'server-only'
import type { Kysely } from 'kysely'
import type { Connection } from './connection'
import type { Tables } from './schema'

type ChatOfUser = { userId: string; chatId: string }

/** Chats that are kept for a time. One that is not, or somebody else's, is answered like an unknown one. */
export type TemporaryChatQueries = {
  /** Keeps the chat until then. `false` when there is none. */
  hold(chat: ChatOfUser & { until: number }): Promise<boolean>
  /** Of all users, those whose time has passed. */
  expired(limit: { now: number }): Promise<ChatOfUser[]>
  /**
   * Deletes the chat with all that belongs to it; of what it used the numbers stay, and whose they are. Answers its runs;
   * nothing when there is no such chat.
   */
  erase(chat: ChatOfUser): Promise<string[] | undefined>
}

export function createTemporaryChatQueries({
  kysely,
  transaction,
}: Connection): TemporaryChatQueries {
  return {
    erase: (chat) => transaction((inner) => eraseChat(inner, chat)),

    async hold({ userId, chatId, until }) {
      const held = await kysely
        .updateTable('chats')
        .set({ expires_at: until })
        .where('id', '=', chatId)
        .where('user_id', '=', userId)
        .where('expires_at', 'is not', null)
        .executeTakeFirst()
      return held.numUpdatedRows > 0n
    },

    async expired({ now }) {
      const rows = await kysely
        .selectFrom('chats')
        .where('expires_at', '<=', now)
        .select(['id', 'user_id'])
        .execute()
      return rows.map(({ id, user_id }) => ({ userId: user_id, chatId: id }))
    },
  }
}

async function eraseChat(
  transaction: Kysely<Tables>,
  { userId, chatId }: ChatOfUser,
): Promise<string[] | undefined> {
  const runs = await transaction
    .selectFrom('runs')
    .where('chat_id', '=', chatId)
    .where('user_id', '=', userId)
    .select('id')
    .execute()
  const erased = await transaction
    .deleteFrom('chats')
    .where('id', '=', chatId)
    .where('user_id', '=', userId)
    .where('expires_at', 'is not', null)
    .executeTakeFirst()
  if (erased.numDeletedRows === 0n) return undefined
  await transaction
    .updateTable('usage')
    .set({ chat_id: '', message_id: '' })
    .where('user_id', '=', userId)
    .where('chat_id', '=', chatId)
    .execute()
  return runs.map(({ id }) => id)
}
