import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { ChatPage, ChatSummary } from '@/shared/chat/chat-summary'
import type { ModelRef } from '@/shared/models/model-catalog'
import { decodeChatCursor, encodeChatCursor } from './chat-cursor'
import type { Connection } from './connection'
import { cleanText } from './json-codec'
import type { ChatColumns, Tables, TitleSource } from './schema'

/** A chat without its messages. */
export type ChatRow = ChatSummary & {
  model: ModelRef | null
  selectedLeafId: string | null
  titleSource: TitleSource
}

type ChatOfUser = { userId: string; chatId: string }

/** Somebody else's chat and a removed one are answered like an unknown one: nothing, or `false`. */
export type ChatQueries = {
  get(chat: ChatOfUser): Promise<ChatRow | undefined>
  /** Newest change first. Refuses a malformed cursor with `invalid-request`. */
  list(page: { userId: string; limit: number; cursor?: string | undefined }): Promise<ChatPage>
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

export function createChatQueries({ kysely }: Connection): ChatQueries {
  return {
    get: (chat) => getChat(kysely, chat),
    list: (page) => listChats(kysely, page),
    setTitle: (change) => setTitle(kysely, change),

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
    titleSource: row.title_source,
  }
}

async function listChats(
  kysely: Kysely<Tables>,
  { userId, limit, cursor }: Parameters<ChatQueries['list']>[0],
): Promise<ChatPage> {
  let query = selectChats(kysely, userId)
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
  kysely: Kysely<Tables>,
  { userId, chatId, title, source }: Parameters<ChatQueries['setTitle']>[0],
): Promise<boolean> {
  let query = visibleChat(kysely, { userId, chatId })
  if (source === 'model') query = query.where('title_source', '!=', 'user')
  const changed = await query
    .set({ title: cleanText(title), title_source: source })
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

function selectChats(kysely: Kysely<Tables>, userId: string) {
  return kysely
    .selectFrom('chats')
    .leftJoin('runs', (join) =>
      join.onRef('runs.chat_id', '=', 'chats.id').on('runs.status', '=', sql.lit('running')),
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
  }
}

function toModel({ model_provider: provider, model_id: id }: ChatColumns): ModelRef | null {
  return provider !== null && id !== null ? { provider, id } : null
}
