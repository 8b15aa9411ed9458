import 'server-only'
import type { Kysely } from 'kysely'
import type { QueuedMessage } from '@/shared/chat/queued-message'
import type { ModelRef } from '@/shared/models/model-catalog'
import { lockChat } from './lock-chat'
import { findRunning } from './begin-run'
import type { Connection } from './connection'
import { cleanText } from './json-codec'
import { selectQueue, takeOffQueue, toQueuedMessage } from './queue-rows'
import type { QueuedMessageColumns, Tables } from './schema'

type ChatOfUser = { userId: string; chatId: string }
type QueuedOfUser = ChatOfUser & { id: string }

export type AddToQueue = QueuedOfUser & {
  text: string
  model: ModelRef | undefined
  lengthMax: number
  now: number
}

/** `known`: it was added before, and waits or has been sent. `isNext`: nothing is being written, and nothing else waits. */
export type AddOutcome =
  | { status: 'added'; isNext: boolean }
  | { status: 'known' }
  | { status: 'full' }
  | { status: 'not-found' }

/**
 * What waits to be sent, in its order. Changes lock the chat, as beginning a run does, so none is lost between the two.
 * Somebody else's chat and a removed one are answered like one with nothing in its queue.
 */
export type QueueQueries = {
  list(chat: ChatOfUser): Promise<QueuedMessage[]>
  add(message: AddToQueue): Promise<AddOutcome>
  /** `position` counts from 0; past the end is the end. `false`: it does not wait, or no longer. */
  change(
    message: QueuedOfUser & {
      text?: string | undefined
      model?: ModelRef | undefined
      position?: number | undefined
    },
  ): Promise<boolean>
  remove(message: QueuedOfUser): Promise<boolean>
}

export function createQueueQueries({ kysely, transaction }: Connection): QueueQueries {
  return {
    add: (message) => transaction((inner) => addToQueue(inner, message)),
    change: (message) => transaction((inner) => changeQueued(inner, message)),
    remove: (message) => transaction((inner) => removeQueued(inner, message)),

    async list({ userId, chatId }) {
      const rows = await selectQueue(kysely, chatId)
        .innerJoin('chats', 'chats.id', 'queued_messages.chat_id')
        .where('chats.user_id', '=', userId)
        .where('chats.removed_at', 'is', null)
        .execute()
      return rows.map(toQueuedMessage)
    },
  }
}

type Transaction = Kysely<Tables>

async function addToQueue(transaction: Transaction, message: AddToQueue): Promise<AddOutcome> {
  const { chatId, id, lengthMax } = message
  const chat = await lockChat(transaction, message)
  if (!chat) return { status: 'not-found' }
  const queue = await selectQueue(transaction, chatId).execute()
  if (queue.some((queued) => queued.id === id) || (await wasSent(transaction, { chatId, id })))
    return { status: 'known' }
  if (queue.length >= lengthMax) return { status: 'full' }
  const last = queue.at(-1)
  await insertQueued(transaction, { ...message, position: last ? last.position + 1 : 0 })
  return { status: 'added', isNext: !last && !(await findRunning(transaction, chat)) }
}

async function insertQueued(
  transaction: Transaction,
  { chatId, id, text, model, position, now }: AddToQueue & { position: number },
): Promise<void> {
  await transaction
    .insertInto('queued_messages')
    .values({
      chat_id: chatId,
      id,
      text: cleanText(text),
      ...(model ? modelColumns(model) : { model_provider: null, model_id: null }),
      position,
      created_at: now,
    })
    .execute()
}

async function wasSent(
  transaction: Transaction,
  { chatId, id }: { chatId: string; id: string },
): Promise<boolean> {
  const sent = await transaction
    .selectFrom('messages')
    .where('chat_id', '=', chatId)
    .where('id', '=', id)
    .select('id')
    .executeTakeFirst()
  return sent !== undefined
}

async function changeQueued(
  transaction: Transaction,
  { text, model, position, ...message }: Parameters<QueueQueries['change']>[0],
): Promise<boolean> {
  const queue = await lockQueue(transaction, message)
  const queued = queue.find(({ id }) => id === message.id)
  if (!queued) return false
  if (text !== undefined) await update(transaction, queued, { text: cleanText(text) })
  if (model) await update(transaction, queued, modelColumns(model))
  if (position !== undefined) await reorder(transaction, queue, { queued, position })
  return true
}

async function removeQueued(transaction: Transaction, message: QueuedOfUser): Promise<boolean> {
  const queue = await lockQueue(transaction, message)
  if (!queue.some(({ id }) => id === message.id)) return false
  await takeOffQueue(transaction, message)
  return true
}

async function lockQueue(
  transaction: Transaction,
  chat: ChatOfUser,
): Promise<QueuedMessageColumns[]> {
  const held = await lockChat(transaction, chat)
  return held ? selectQueue(transaction, held.id).execute() : []
}

async function reorder(
  transaction: Transaction,
  queue: readonly QueuedMessageColumns[],
  { queued, position }: { queued: QueuedMessageColumns; position: number },
): Promise<void> {
  const order = queue.filter(({ id }) => id !== queued.id).toSpliced(position, 0, queued)
  for (const [place, row] of order.entries()) {
    if (row.position !== place) await update(transaction, row, { position: place })
  }
}

async function update(
  transaction: Transaction,
  { chat_id: chatId, id }: QueuedMessageColumns,
  change: { text: string } | ReturnType<typeof modelColumns> | { position: number },
): Promise<void> {
  await transaction
    .updateTable('queued_messages')
    .set(change)
    .where('chat_id', '=', chatId)
    .where('id', '=', id)
    .execute()
}

function modelColumns({ provider, id }: ModelRef) {
  return { model_provider: cleanText(provider), model_id: cleanText(id) }
}
