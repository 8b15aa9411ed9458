import 'server-only'
import type { Kysely } from 'kysely'
import { AppError } from '@/shared/errors/app-error'
import { decodeMetadata, encodeMetadata, encodeParts } from './message-codec'
import { takeOffQueue } from './queue-rows'
import type { BeginRun } from './run-to-begin'
import type { ChatColumns, MessageColumns, NewMessage, Tables } from './schema'
import { indexMessage } from './search/write-entry'

type Submit = Extract<BeginRun, { kind: 'submit' }>
type Transaction = Kysely<Tables>

/** Makes or reopens the answer to write, and stores the message that it answers; nothing when there is no such message. */
export function prepareAnswer(
  transaction: Transaction,
  chat: ChatColumns,
  begin: BeginRun,
): Promise<string | undefined> {
  switch (begin.kind) {
    case 'submit':
      return answerNewMessage(transaction, chat, begin)
    case 'regenerate':
      return answerAgain(transaction, chat, begin)
    case 'continue':
      return reopenAnswer(transaction, begin)
    case 'compare':
      return answerBeside(transaction, begin)
  }
}

async function answerNewMessage(
  transaction: Transaction,
  chat: ChatColumns,
  begin: Submit,
): Promise<string> {
  const { id, text } = begin.message
  await insertMessage(transaction, begin.userId, {
    chat_id: begin.chatId,
    id,
    parent_id: await parentOf(transaction, chat, begin),
    role: 'user',
    status: 'done',
    parts: encodeParts([{ type: 'text', text }]),
    metadata: encodeMetadata({}),
    created_at: begin.now,
  })
  await takeOffQueue(transaction, { chatId: begin.chatId, id })
  return insertAnswer(transaction, begin, id)
}

async function parentOf(
  transaction: Transaction,
  chat: ChatColumns,
  { chatId, parentId }: Submit,
): Promise<string | null> {
  if (parentId === undefined) return chat.selected_leaf_id
  if (parentId === null || (await findVisible(transaction, chatId, parentId))) return parentId
  throw new AppError('not-found', 'There is no such message to follow in this chat.')
}

async function answerAgain(
  transaction: Transaction,
  chat: ChatColumns,
  begin: Extract<BeginRun, { kind: 'regenerate' }>,
): Promise<string | undefined> {
  const id = begin.messageId ?? chat.selected_leaf_id
  const message = id === null ? undefined : await findVisible(transaction, begin.chatId, id)
  const questionId = message?.role === 'assistant' ? message.parent_id : message?.id
  return questionId ? insertAnswer(transaction, begin, questionId) : undefined
}

async function answerBeside(
  transaction: Transaction,
  begin: Extract<BeginRun, { kind: 'compare' }>,
): Promise<string | undefined> {
  const question = await findVisible(transaction, begin.chatId, begin.messageId)
  return question?.role === 'user' ? insertAnswer(transaction, begin, question.id) : undefined
}

async function reopenAnswer(
  transaction: Transaction,
  { chatId, messageId, runId, model }: Extract<BeginRun, { kind: 'continue' }>,
): Promise<string | undefined> {
  const message = await findVisible(transaction, chatId, messageId)
  if (!message) return undefined
  const { usage, timing, finishReason } = decodeMetadata(message.metadata)
  if (message.role !== 'assistant' || (message.status === 'done' && finishReason !== 'length')) {
    throw new AppError('invalid-request', 'Only an answer that was cut short can be continued.')
  }
  await transaction
    .updateTable('messages')
    .set({ status: 'running', metadata: encodeMetadata({ runId, model, usage, timing }) })
    .where('chat_id', '=', chatId)
    .where('id', '=', messageId)
    .execute()
  return messageId
}

async function insertAnswer(
  transaction: Transaction,
  { userId, chatId, answerId, runId, model, now }: BeginRun,
  questionId: string,
): Promise<string> {
  await insertMessage(transaction, userId, {
    chat_id: chatId,
    id: answerId,
    parent_id: questionId,
    role: 'assistant',
    status: 'running',
    parts: encodeParts([]),
    metadata: encodeMetadata({ runId, model }),
    created_at: now,
  })
  return answerId
}

async function insertMessage(
  transaction: Transaction,
  userId: string,
  message: NewMessage,
): Promise<void> {
  const written = await transaction
    .insertInto('messages')
    .values(message)
    .returningAll()
    .executeTakeFirstOrThrow()
  await indexMessage(transaction, userId, written)
}

/** Also one that was removed. */
export function findMessage(
  transaction: Transaction,
  chatId: string,
  id: string,
): Promise<MessageColumns | undefined> {
  return transaction
    .selectFrom('messages')
    .where('chat_id', '=', chatId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst()
}

async function findVisible(
  transaction: Transaction,
  chatId: string,
  id: string,
): Promise<MessageColumns | undefined> {
  const message = await findMessage(transaction, chatId, id)
  return message?.removed_at === null ? message : undefined
}
