import 'server-only'
import type { Kysely } from 'kysely'
import type { ChatColumns, MessageColumns, Tables } from '../schema'
import { indexMessage, indexTitle } from './write-entry'

type Transaction = Kysely<Tables>

/** `indexed` counts the messages of this step. */
export type BacklogStep = { indexed: number; isDone: boolean }

/** SQLite holds the process while it works: a step is some milliseconds. Characters are those of the stored parts. */
const messagesPerStep = 6
const charactersPerStep = 20_000

/** Indexes a few messages that are older than search, of the chat used last; must run inside a transaction. */
export async function indexBacklog(transaction: Transaction): Promise<BacklogStep> {
  const chat = await holdNextChat(transaction)
  if (!chat) return { indexed: 0, isDone: true }
  if (chat.last_message_id === null) await indexTitle(transaction, chat)
  const messages = await nextMessages(transaction, chat)
  for (const message of messages) await indexMessage(transaction, chat.user_id, message)
  await (messages.length === 0
    ? leaveBacklog(transaction, chat.id)
    : goOnAfter(transaction, chat.id, messages))
  return { indexed: messages.length, isDone: false }
}

/** Changing the row without a change locks it: another process waits here, and goes on after us. */
async function holdNextChat(
  transaction: Transaction,
): Promise<(ChatColumns & { last_message_id: string | null }) | undefined> {
  const next = await transaction
    .selectFrom('search_backlog')
    .orderBy('updated_at', 'desc')
    .orderBy('chat_id', 'desc')
    .select('chat_id')
    .limit(1)
    .executeTakeFirst()
  if (!next) return undefined
  const held = await transaction
    .updateTable('search_backlog')
    .set((eb) => ({ updated_at: eb.ref('updated_at') }))
    .where('chat_id', '=', next.chat_id)
    .returning('last_message_id')
    .executeTakeFirst()
  if (!held) return holdNextChat(transaction)
  const chat = await transaction
    .selectFrom('chats')
    .where('id', '=', next.chat_id)
    .selectAll()
    .executeTakeFirstOrThrow()
  return { ...chat, ...held }
}

async function nextMessages(
  transaction: Transaction,
  chat: { id: string; last_message_id: string | null },
): Promise<MessageColumns[]> {
  const rows = await transaction
    .selectFrom('messages')
    .where('chat_id', '=', chat.id)
    .where('id', '>', chat.last_message_id ?? '')
    .orderBy('id')
    .selectAll()
    .limit(messagesPerStep)
    .execute()
  let characters = 0
  const fitting = rows.filter(({ parts }) => {
    characters += JSON.stringify(parts).length
    return characters <= charactersPerStep
  })
  return fitting.length > 0 ? fitting : rows.slice(0, 1)
}

async function leaveBacklog(transaction: Transaction, chatId: string): Promise<void> {
  await transaction.deleteFrom('search_backlog').where('chat_id', '=', chatId).execute()
}

async function goOnAfter(
  transaction: Transaction,
  chatId: string,
  messages: readonly MessageColumns[],
): Promise<void> {
  await transaction
    .updateTable('search_backlog')
    .set({ last_message_id: messages.at(-1)?.id ?? null })
    .where('chat_id', '=', chatId)
    .execute()
}
