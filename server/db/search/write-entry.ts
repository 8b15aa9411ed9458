import 'server-only'
import { type Kysely, sql } from 'kysely'
import { messageText } from '@/shared/chat/message-text'
import { isTemporaryChat } from '@/shared/chat/temporary-chat'
import { decodeMetadata, decodeParts } from '../message-codec'
import type { ChatColumns, MessageColumns, Tables } from '../schema'
import { entryKey } from './entry-key'
import { entryWords, facet, type EntryWords } from './entry-words'
import { tokensOf } from './postgres-tokens'
import { speaksSqlite } from './speaks-sqlite'

type Transaction = Kysely<Tables>

type Entry = {
  userId: string
  chatId: string
  messageId: string | null
  createdAt: number
  words: EntryWords
}

const attemptsMax = 64

/** Has search find a message, in the transaction that writes it. One still being written is left out: its end comes. */
export async function indexMessage(
  transaction: Transaction,
  userId: string,
  message: MessageColumns,
): Promise<void> {
  if (message.status === 'running') return
  const { model } = decodeMetadata(message.metadata)
  const facets = [
    facet.user(userId),
    facet.role(message.role),
    facet.anyMessage,
    ...(model ? [facet.model(model)] : []),
  ]
  await replaceEntry(transaction, {
    userId,
    chatId: message.chat_id,
    messageId: message.id,
    createdAt: message.created_at,
    words: { facets, ...entryWords(messageText({ parts: decodeParts(message.parts) })) },
  })
}

/** The same for a message as it is stored now; nothing when there is none. */
export async function indexStoredMessage(
  transaction: Transaction,
  { userId, chatId, messageId }: { userId: string; chatId: string; messageId: string },
): Promise<void> {
  const message = await transaction
    .selectFrom('messages')
    .where('chat_id', '=', chatId)
    .where('id', '=', messageId)
    .selectAll()
    .executeTakeFirst()
  if (message) await indexMessage(transaction, userId, message)
}

/** Has search find a chat by the title it has now. */
export async function indexTitle(
  transaction: Transaction,
  chat: Pick<ChatColumns, 'id' | 'user_id' | 'title' | 'created_at'>,
): Promise<void> {
  await replaceEntry(transaction, {
    userId: chat.user_id,
    chatId: chat.id,
    messageId: null,
    createdAt: chat.created_at,
    words: { facets: [facet.user(chat.user_id), facet.role('title')], ...entryWords(chat.title) },
  })
}

/** Of a temporary chat nothing is found: words that are taken out again leave traces in an index. */
async function replaceEntry(transaction: Transaction, entry: Entry): Promise<void> {
  if (isTemporaryChat(entry.chatId)) return
  await transaction
    .deleteFrom('search_entries')
    .where('chat_id', '=', entry.chatId)
    .where('message_id', entry.messageId === null ? 'is' : '=', entry.messageId)
    .execute()
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    if (await insertEntry(transaction, entry, entryKey(entry, attempt))) return
  }
  throw new Error(`There is no key left for an entry of ${entry.createdAt}.`)
}

/** `false` when the key is taken. */
async function insertEntry(transaction: Transaction, entry: Entry, key: number): Promise<boolean> {
  const inSqlite = speaksSqlite(transaction)
  const inserted = await transaction
    .insertInto('search_entries')
    .values({
      key,
      user_id: entry.userId,
      chat_id: entry.chatId,
      message_id: entry.messageId,
      ...(inSqlite ? {} : { tokens: tokensOf(entry.words) }),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst()
  if (inserted && inSqlite) await insertWords(transaction, key, entry.words)
  return inserted !== undefined
}

async function insertWords(
  transaction: Transaction,
  key: number,
  { facets, characters, words }: EntryWords,
): Promise<void> {
  await sql`insert into search_index (rowid, facets, words) values
    (${key}, ${[...facets, ...characters].join(' ')}, ${words.join(' ')})`.execute(transaction)
}
