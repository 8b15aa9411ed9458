import 'server-only'
import type { Kysely } from 'kysely'
import type { MessageColumns, Tables } from './schema'

type Sibling = Pick<MessageColumns, 'id' | 'parent_id' | 'created_at'>

/** The siblings of those messages that have any, themselves among them, oldest first: one list for each such message. */
export async function loadForks(
  kysely: Kysely<Tables>,
  chat: { userId: string; chatId: string },
  messages: readonly Pick<MessageColumns, 'parent_id'>[],
): Promise<string[][]> {
  const parentIds = messages.map(({ parent_id }) => parent_id)
  const known = parentIds.filter((id) => id !== null)
  const below = await selectChildren(kysely, chat, known)
  const roots = parentIds.includes(null) ? await selectChildren(kysely, chat, null) : []
  const childrenOf = Map.groupBy([...roots, ...below], (row) => row.parent_id)
  return [...childrenOf.values()]
    .filter(({ length }) => length > 1)
    .map((siblings) => siblings.map(({ id }) => id))
}

/** Children of any of those messages, oldest first; of `null`, the first messages of the chat. */
export async function selectChildren(
  kysely: Kysely<Tables>,
  { userId, chatId }: { userId: string; chatId: string },
  parents: readonly string[] | null,
): Promise<Sibling[]> {
  if (parents?.length === 0) return []
  const visible = kysely
    .selectFrom('chats')
    .innerJoin('messages', 'messages.chat_id', 'chats.id')
    .where('chats.id', '=', chatId)
    .where('chats.user_id', '=', userId)
    .where('chats.removed_at', 'is', null)
    .where('messages.removed_at', 'is', null)
  const children = parents
    ? visible.where('messages.parent_id', 'in', parents)
    : visible.where('messages.parent_id', 'is', null)
  const rows = await children
    .select(['messages.id', 'messages.parent_id', 'messages.created_at'])
    .execute()
  return rows.toSorted(oldestFirst)
}

function oldestFirst(left: Sibling, right: Sibling): number {
  return left.created_at - right.created_at || (left.id < right.id ? -1 : 1)
}
