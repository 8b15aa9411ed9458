import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { ChatMessage } from '@/shared/chat/message'
import { toChatMessage } from './message-codec'
import type { Tables } from './schema'

/** A chat of a user, and a message in it; without one, the chat's selected leaf. */
export type BranchEnd = { userId: string; chatId: string; messageId?: string }

/** The messages from the root to the given one. Empty when the chat is unknown, removed or somebody else's. */
export async function loadBranch(
  kysely: Kysely<Tables>,
  { userId, chatId, messageId }: BranchEnd,
): Promise<ChatMessage[]> {
  const rows = await kysely
    .withRecursive('branch(chat_id, id, parent_id, distance)', (query) =>
      query
        .selectFrom('chats')
        .innerJoin('messages as leaf', 'leaf.chat_id', 'chats.id')
        .where('chats.id', '=', chatId)
        .where('chats.user_id', '=', userId)
        .where('chats.removed_at', 'is', null)
        .where('leaf.removed_at', 'is', null)
        .where('leaf.id', '=', messageId ?? sql.ref<string>('chats.selected_leaf_id'))
        .select(['leaf.chat_id', 'leaf.id', 'leaf.parent_id', sql<number>`0`.as('distance')])
        .unionAll(
          query
            .selectFrom('branch')
            .innerJoin('messages as parent', (join) =>
              join
                .onRef('parent.chat_id', '=', 'branch.chat_id')
                .onRef('parent.id', '=', 'branch.parent_id'),
            )
            .select([
              'parent.chat_id',
              'parent.id',
              'parent.parent_id',
              sql<number>`branch.distance + 1`.as('distance'),
            ]),
        ),
    )
    .selectFrom('branch')
    .innerJoin('messages', (join) =>
      join.onRef('messages.chat_id', '=', 'branch.chat_id').onRef('messages.id', '=', 'branch.id'),
    )
    .selectAll('messages')
    .orderBy('branch.distance', 'desc')
    .execute()
  return rows.map(toChatMessage)
}
