import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { ChatPage, ChatSummary } from '@/shared/chat/chat-summary'
import type { ModelRef } from '@/shared/models/model-catalog'
import { decodeChatCursor, encodeChatCursor } from './chat-cursor'
import type { Connection } from './connection'
import { holdFolder } from './folders'
import { cleanText } from './json-codec'
import type { ChatColumns, Tables, TitleSource } from './schema'
import { indexTitle } from './search/write-entry'
import { shelfColumn } from './shelf'

/** A chat without its messages. */
export type ChatRow = ChatSummary & {
  model: ModelRef | null
  selectedLeafId: string | null
  /** The message whose answers are being compared, if any are. */
  comparedQuestionId: string | null
  titleSource: TitleSource
}

type ChatOfUser = { userId: string; chatId: string }

export type ChatArrangement = {
  pinned?: boolean | undefined
  archived?: boolean | undefined
  /** Puts the chat there, so that it is no longer pinned; `null` puts it back into the list. */
  folderId?: string | null | undefined
  /** What was answered until now has been looked at. */
  seen?: boolean | undefined
  /** Hides the chat as `remove` does, or brings it back. */
  removed?: boolean | undefined
}

/** Somebody else's chat and a removed one are answered like an unknown one: nothing, or `false`. */
export type ChatQueries = {
  get(chat: ChatOfUser): Promise<ChatRow | undefined>
  /** Those there are of these, in no order. Temporary ones are in no list, nor in any of these three answers. */
  summaries(chats: { userId: string; chatIds: readonly string[] }): Promise<ChatSummary[]>
  /**
   * Newest change first: all that are not archived, or those on one shelf (`shared/chat/shelf.ts`). Refuses a malformed
   * cursor with `invalid-request`.
   */
  list(page: {
    userId: string
    limit: number
    cursor?: string | undefined
    shelf?: string | undefined
  }): Promise<ChatPage>
  /** All or none. Answers the ids of those there were; they keep their places in time. */
  arrange(change: {
    userId: string
    chatIds: readonly string[]
    arrangement: ChatArrangement
    now: number
  }): Promise<string[] | 'no-folder'>
  /** A model's title never replaces a user's. The chat keeps its place in the list. */
  setTitle(
    change: ChatOfUser & { title: string; source: 'model' | 'user'; now: number },
  ): Promise<boolean>
  setModel(change: ChatOfUser & { model: ModelRef }): Promise<boolean>
  /** Hides the chat everywhere at once; `restore` undoes it until it is purged. */
  remove(chat: ChatOfUser & { now: number }): Promise<boolean>
  /** Undoing twice is as good as once. */
  restore(chat: ChatOfUser): Promise<boolean>
  /** Deletes for good, with all messages, what was removed before that time. Returns how many chats. */
  purgeRemoved(limit: { removedBefore: number }): Promise<number>
}

export function createChatQueries({ kysely, transaction }: Connection): ChatQueries {
  return {
    get: (chat) => getChat(kysely, chat),
    arrange: (change) => transaction((inside) => arrangeChats(inside, change)),

    async summaries({ userId, chatIds }) {
      const rows = await selectKept(kysely, userId).where('chats.id', 'in', chatIds).execute()
      return rows.map(toSummary)
    },

    list: (page) => listChats(kysely, page),
    setTitle: (change) => transaction((inner) => setTitle(inner, change)),

    async setModel({ userId, chatId, model }) {
      const changed = await visibleChat(kysely, { userId, chatId })
        .set({ model_provider: cleanText(model.provider), model_id: cleanText(model.id) })
        .executeTakeFirst()
      return changed.numUpdatedRows > 0n
    },

    async remove({ userId, chatId, now }) {
      const changed = await visibleChat(kysely, { userId, chatId })
        .set({ removed_at: now })
        .executeTakeFirst()
      return changed.numUpdatedRows > 0n
    },

    async restore({ userId, chatId }) {
      const changed = await kysely
        .updateTable('chats')
        .where('id', '=', chatId)
        .where('user_id', '=', userId)
        .set({ removed_at: null })
        .executeTakeFirst()
      return changed.numUpdatedRows > 0n
    },

    async purgeRemoved({ removedBefore }) {
      const deleted = await kysely
        .deleteFrom('chats')
        .where('removed_at', '<', removedBefore)
        .executeTakeFirst()
      return Number(deleted.numDeletedRows)
    },
  }
}

async function getChat(
  kysely: Kysely<Tables>,
  { userId, chatId }: ChatOfUser,
): Promise<ChatRow | undefined> {
  const row = await selectChats(kysely, userId).where('chats.id', '=', chatId).executeTakeFirst()
  if (!row) return undefined
  return {
    ...toSummary(row),
    model: toModel(row),
    selectedLeafId: row.selected_leaf_id,
    comparedQuestionId: row.compared_question_id,
    titleSource: row.title_source,
  }
}

async function listChats(
  kysely: Kysely<Tables>,
  { userId, limit, cursor, shelf }: Parameters<ChatQueries['list']>[0],
): Promise<ChatPage> {
  const chatsOfUser = selectKept(kysely, userId)
  let query =
    shelf === undefined
      ? chatsOfUser.where('chats.archived_at', 'is', null)
      : chatsOfUser.where(shelfColumn, '=', shelf)
  if (cursor !== undefined) {
    const { updatedAt, id } = decodeChatCursor(cursor)
    query = query.where((eb) =>
      eb(eb.refTuple('chats.updated_at', 'chats.id'), '<', eb.tuple(updatedAt, id)),
    )
  }
  const rows = await query
    .orderBy('chats.updated_at', 'desc')
    .orderBy('chats.id', 'desc')
    .limit(limit + 1)
    .execute()
  const chats = rows.slice(0, limit).map(toSummary)
  const last = chats.at(-1)
  return { chats, nextCursor: rows.length > limit && last ? encodeChatCursor(last) : null }
}

async function setTitle(
  transaction: Kysely<Tables>,
  { userId, chatId, title, source }: Parameters<ChatQueries['setTitle']>[0],
): Promise<boolean> {
  let query = visibleChat(transaction, { userId, chatId })
  if (source === 'model') query = query.where('title_source', '!=', 'user')
  const changed = await query
    .set({ title: cleanText(title), title_source: source })
    .returningAll()
    .executeTakeFirst()
  if (changed) await indexTitle(transaction, changed)
  return changed !== undefined
}

async function arrangeChats(
  transaction: Kysely<Tables>,
  { userId, chatIds, arrangement, now }: Parameters<ChatQueries['arrange']>[0],
): Promise<string[] | 'no-folder'> {
  const { folderId } = arrangement
  if (folderId && !(await holdFolder(transaction, { userId, folderId }))) return 'no-folder'
  let query = transaction
    .updateTable('chats')
    .where('id', 'in', chatIds)
    .where('user_id', '=', userId)
    .where('expires_at', 'is', null)
  if (arrangement.removed !== false) query = query.where('removed_at', 'is', null)
  const changed = await query.set(columnsOf(arrangement, now)).returning('id').execute()
  return changed.map(({ id }) => id)
}

function columnsOf(
  { pinned, archived, folderId, seen, removed }: ChatArrangement,
  now: number,
): Partial<ChatColumns> {
  return {
    ...(folderId !== undefined && { folder_id: folderId, pinned_at: null }),
    ...(pinned !== undefined && { pinned_at: pinned ? now : null }),
    ...(archived !== undefined && { archived_at: archived ? now : null }),
    ...(removed !== undefined && { removed_at: removed ? now : null }),
    ...(seen && { seen_at: now }),
  }
}

/** Without those that are temporary: no list has them. */
function selectKept(kysely: Kysely<Tables>, userId: string) {
  return selectChats(kysely, userId).where('chats.expires_at', 'is', null)
}

function selectChats(kysely: Kysely<Tables>, userId: string) {
  return kysely
    .selectFrom('chats')
    .leftJoin('runs', (join) =>
      join
        .onRef('runs.chat_id', '=', 'chats.id')
        .on('runs.status', '=', sql.lit('running'))
        .on('runs.kind', '!=', sql.lit('compare')),
    )
    .where('chats.user_id', '=', userId)
    .where('chats.removed_at', 'is', null)
    .selectAll('chats')
    .select('runs.id as active_run_id')
}

function visibleChat(kysely: Kysely<Tables>, { userId, chatId }: ChatOfUser) {
  return kysely
    .updateTable('chats')
    .where('id', '=', chatId)
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null)
}

function toSummary(row: ChatColumns & { active_run_id: string | null }): ChatSummary {
  return {
    id: row.id,
    title: row.title,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    activeRunId: row.active_run_id,
    pinnedAt: row.pinned_at,
    archivedAt: row.archived_at,
    folderId: row.folder_id,
    unread: row.answered_at !== null && row.answered_at > (row.seen_at ?? 0),
  }
}

function toModel({ model_provider: provider, model_id: id }: ChatColumns): ModelRef | null {
  return provider !== null && id !== null ? { provider, id } : null
}
