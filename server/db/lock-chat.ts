import 'server-only'
import type { Kysely } from 'kysely'
import type { ChatColumns, Tables } from './schema'

/**
 * Holds a chat to the end of the transaction: nobody else begins a run in it meanwhile, or selects a branch. An update
 * that changes nothing locks the row in Postgres, and is valid in SQLite, which has no `for update`.
 */
export function lockChat(
  transaction: Kysely<Tables>,
  { userId, chatId }: { userId: string; chatId: string },
): Promise<ChatColumns | undefined> {
  return transaction
    .updateTable('chats')
    .set((eb) => ({ created_at: eb.ref('created_at') }))
    .where('id', '=', chatId)
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}
