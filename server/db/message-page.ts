import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { MessagePage } from '@/shared/chat/chat-summary'
import { loadForks } from './forks'
import { toChatMessage } from './message-codec'
import type { MessageColumns, Tables } from './schema'

/** Where a page ends: before a message, with one, or at the chat's selected leaf. `limit` counts messages. */
export type MessagePageEnd = {
  userId: string
  chatId: string
  before?: string | undefined
  leafId?: string | undefined
  limit: number
}

/** Stored characters that a page has room for, for each message it may hold: 30 messages make at most 60 KB. */
const charactersPerMessage = 2_048

type PageRow = MessageColumns & { characters: number }

/**
 * Whole turns, the last of a branch, up to `limit` messages and the characters for so many; one turn is given however
 * long it is. Reads no more than the page and the turn before it, however long the branch is.
 */
export async function loadMessagePage(
  kysely: Kysely<Tables>,
  end: MessagePageEnd,
): Promise<MessagePage | undefined> {
  const rows = await selectPage(kysely, end)
  const last = rows.at(-1)
  if (!last) return undefined
  const inPage = end.before === undefined ? rows : rows.slice(0, -1)
  const kept = wholeTurns(inPage, end.limit)
  const forks = await loadForks(kysely, end, kept)
  return {
    messages: kept.map(toChatMessage),
    hasEarlier: (kept[0] ?? last).parent_id !== null,
    ...(forks.length > 0 && { forks }),
  }
}

/** From the end upwards, oldest first; with `before`, that message is the last row and counts for nothing. */
function selectPage(kysely: Kysely<Tables>, end: MessagePageEnd): Promise<PageRow[]> {
  const { userId, chatId, before, leafId, limit } = end
  const counted = before === undefined ? 1 : 0
  return kysely
    .withRecursive('branch(chat_id, id, parent_id, role, distance, characters)', (query) =>
      query
        .selectFrom('chats')
        .innerJoin('messages as leaf', 'leaf.chat_id', 'chats.id')
        .where('chats.id', '=', chatId)
        .where('chats.user_id', '=', userId)
        .where('chats.removed_at', 'is', null)
        .where('leaf.removed_at', 'is', null)
        .where('leaf.id', '=', before ?? leafId ?? sql.ref<string>('chats.selected_leaf_id'))
        .select([
          'leaf.chat_id',
          'leaf.id',
          'leaf.parent_id',
          'leaf.role',
          sql<number>`${sql.lit(counted)}`.as('distance'),
          sql<number>`${sql.lit(counted)} * length(cast(leaf.parts as text))`.as('characters'),
        ])
        .unionAll(
          query
            .selectFrom('branch')
            .innerJoin('messages as parent', (join) =>
              join
                .onRef('parent.chat_id', '=', 'branch.chat_id')
                .onRef('parent.id', '=', 'branch.parent_id'),
            )
            .where((eb) =>
              eb.or([
                eb('branch.role', '!=', 'user'),
                eb.and([
                  eb('branch.distance', '<', limit),
                  eb('branch.characters', '<', limit * charactersPerMessage),
                ]),
              ]),
            )
            .select([
              'parent.chat_id',
              'parent.id',
              'parent.parent_id',
              'parent.role',
              sql<number>`branch.distance + 1`.as('distance'),
              sql<number>`branch.characters + length(cast(parent.parts as text))`.as('characters'),
            ]),
        ),
    )
    .selectFrom('branch')
    .innerJoin('messages', (join) =>
      join.onRef('messages.chat_id', '=', 'branch.chat_id').onRef('messages.id', '=', 'branch.id'),
    )
    .selectAll('messages')
    .select('branch.characters')
    .orderBy('branch.distance', 'desc')
    .execute()
}

/** A turn begins with what a person said, or at the root. The turns before the first that fits are left out. */
function wholeTurns(rows: PageRow[], limit: number): PageRow[] {
  const beginnings = rows.flatMap(({ role, parent_id, characters }, index) =>
    role === 'user' || parent_id === null ? [{ index, characters }] : [],
  )
  const fitting = beginnings.find(
    ({ index, characters }) =>
      rows.length - index <= limit && characters <= limit * charactersPerMessage,
  )
  return rows.slice((fitting ?? beginnings.at(-1))?.index ?? 0)
}
