import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { ChatSettings } from '@/shared/chat/chat-settings'
import type { ChatMessage } from '@/shared/chat/message'
import { isTemporaryChat, temporaryKeptMs } from '@/shared/chat/temporary-chat'
import { AppError } from '@/shared/errors/app-error'
import type { ModelRef } from '@/shared/models/model-catalog'
import { loadBranch } from './branch'
import { writeChatSettings } from './chat-settings'
import { cleanText } from './json-codec'
import { lockChat } from './lock-chat'
import { decodeMetadata, encodeMetadata, encodeParts } from './message-codec'
import { type RunRow, toRunRow } from './run-row'
import { indexMessage, indexTitle } from './search/write-entry'
import type { ChatColumns, MessageColumns, NewMessage, Tables } from './schema'
import { takeOffQueue } from './queue-rows'
import { ensureUser } from './users'

/** What to answer, and who writes it. `now` is in milliseconds since the epoch, UTC. */
export type BeginRun = {
  userId: string
  chatId: string
  runId: string
  /** The id of the answer, should the run make a new one. */
  answerId: string
  /** The same key again attaches to the run it began, instead of beginning another. */
  requestKey: string
  /** The process that will write. */
  instance: string
  model: ModelRef
  now: number
  /** When the request came, if it has waited: a run that the same request began since is the one it wants. */
  askedAt?: number | undefined
} & (
  | {
      kind: 'submit'
      message: { id: string; text: string }
      /** The message that it follows, `null` for the beginning of the chat; left out, the end of the selected branch. */
      parentId?: string | null | undefined
      title: string
      /** Of the chat, should the message be its first. */
      settings?: ChatSettings | undefined
    }
  /** A new answer beside the one named, or to the user's message named; without an id, to the end of the branch. */
  | { kind: 'regenerate'; messageId?: string | undefined }
  /** The same answer is written on. */
  | { kind: 'continue'; messageId: string }
  /** One more answer to the user's message named, whatever else is being written; the selected branch stays. */
  | { kind: 'compare'; messageId: string }
)

export type BeginOutcome =
  /** `history` ends with the user's message to answer; for `continue`, with the answer kept so far. */
  | { status: 'started'; run: RunRow; history: ChatMessage[]; created: boolean }
  | { status: 'attached'; run: RunRow }
  | { status: 'busy'; runId: string }
  /** The chat or the message is unknown, removed or somebody else's. */
  | { status: 'not-found' }

type Submit = Extract<BeginRun, { kind: 'submit' }>
type Transaction = Kysely<Tables>
type HeldChat = { chat: ChatColumns; created: boolean }

/** Decides and writes in one go; must run inside a transaction. */
export async function beginRun(transaction: Transaction, begin: BeginRun): Promise<BeginOutcome> {
  const held = await holdChat(transaction, begin)
  if (!held) return { status: 'not-found' }

  const earlier = await findEarlierRun(transaction, begin)
  if (earlier) return { status: 'attached', run: earlier }

  const running = begin.kind !== 'compare' && (await findRunning(transaction, held.chat))
  if (running) return { status: 'busy', runId: running.id }

  const messageId = await prepareAnswer(transaction, held.chat, begin)
  if (messageId === undefined) return { status: 'not-found' }

  const run = await insertRun(transaction, begin, messageId)
  if (begin.kind === 'compare') await showSideBySide(transaction, begin)
  else await selectAnswer(transaction, begin, messageId)
  const branch = await loadBranch(transaction, { ...begin, messageId })
  const history = begin.kind === 'continue' ? branch : branch.slice(0, -1)
  return { status: 'started', run, history, created: held.created }
}

/** From here to the end of the transaction nobody else can begin a run in this chat. */
async function holdChat(transaction: Transaction, begin: BeginRun): Promise<HeldChat | undefined> {
  const known = await lockChat(transaction, begin)
  if (known) return { chat: known, created: false }
  if (begin.kind !== 'submit') return undefined

  const created = await insertChat(transaction, begin)
  if (created) return { chat: created, created: true }
  const madeMeanwhile = await lockChat(transaction, begin)
  return madeMeanwhile && { chat: madeMeanwhile, created: false }
}

async function insertChat(
  transaction: Transaction,
  { userId, chatId, title, settings, now }: Submit,
): Promise<ChatColumns | undefined> {
  await ensureUser(transaction, { userId, now })
  const chat = await transaction
    .insertInto('chats')
    .values({
      id: chatId,
      user_id: userId,
      title: isTemporaryChat(chatId) ? '' : cleanText(title),
      title_source: 'first-words',
      created_at: now,
      updated_at: now,
      expires_at: expiryOf(chatId, now),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (chat) await indexTitle(transaction, chat)
  if (chat && settings) await writeChatSettings(transaction, chatId, settings)
  return chat
}

/** Whoever asks in a temporary chat looks at it. */
function expiryOf(chatId: string, now: number): number | null {
  return isTemporaryChat(chatId) ? now + temporaryKeptMs : null
}

/**
 * A message sent twice is answered by the runs it began; other requests attach only while theirs still runs, or when it
 * began since they were made.
 */
async function findEarlierRun(
  transaction: Transaction,
  begin: BeginRun,
): Promise<RunRow | undefined> {
  let query = transaction
    .selectFrom('runs')
    .where('chat_id', '=', begin.chatId)
    .where('request_key', '=', begin.requestKey)
  if (begin.kind === 'regenerate' || begin.kind === 'continue') {
    const { askedAt } = begin
    query = query.where((eb) =>
      eb.or([
        eb('status', '=', sql.lit('running')),
        ...(askedAt === undefined ? [] : [eb('started_at', '>=', askedAt)]),
      ]),
    )
  }
  const row = await query
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (row) return toRunRow(row)
  return begin.kind === 'submit' ? findRunAnswering(transaction, begin) : undefined
}

async function findRunAnswering(
  transaction: Transaction,
  { chatId, message: { id } }: Submit,
): Promise<RunRow | undefined> {
  if (!(await findMessage(transaction, chatId, id))) return undefined
  const row = await transaction
    .selectFrom('runs')
    .innerJoin('messages as answer', (join) =>
      join.onRef('answer.chat_id', '=', 'runs.chat_id').onRef('answer.id', '=', 'runs.message_id'),
    )
    .where('runs.chat_id', '=', chatId)
    .where('answer.parent_id', '=', id)
    .where('runs.kind', '!=', sql.lit('compare'))
    .selectAll('runs')
    .orderBy('runs.started_at', 'desc')
    .orderBy('runs.id', 'desc')
    .executeTakeFirst()
  if (!row) throw new AppError('invalid-request', 'The chat has a message with this id already.')
  return toRunRow(row)
}

/** The chat's one run, or the one beside it that writes what is to be gone on with. */
function findRunning(
  transaction: Transaction,
  { id, selected_leaf_id }: ChatColumns,
): Promise<{ id: string } | undefined> {
  return transaction
    .selectFrom('runs')
    .where('chat_id', '=', id)
    .where('status', '=', sql.lit('running'))
    .where((eb) =>
      eb.or([
        eb('kind', '!=', sql.lit('compare')),
        ...(selected_leaf_id === null ? [] : [eb('message_id', '=', selected_leaf_id)]),
      ]),
    )
    .select('id')
    .executeTakeFirst()
}

/** Makes or reopens the answer to write; nothing when there is no such message. */
function prepareAnswer(
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

function findMessage(
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

async function insertRun(
  transaction: Transaction,
  { runId, chatId, userId, kind, requestKey, instance, now }: BeginRun,
  messageId: string,
): Promise<RunRow> {
  const row = await transaction
    .insertInto('runs')
    .values({
      id: runId,
      chat_id: chatId,
      user_id: userId,
      message_id: messageId,
      kind,
      request_key: requestKey,
      instance,
      status: 'running',
      seq: 0,
      heartbeat_at: now,
      started_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toRunRow(row)
}

async function selectAnswer(
  transaction: Transaction,
  { chatId, model, now }: BeginRun,
  messageId: string,
): Promise<void> {
  await transaction
    .updateTable('chats')
    .set({
      selected_leaf_id: messageId,
      compared_question_id: null,
      model_provider: cleanText(model.provider),
      model_id: cleanText(model.id),
      updated_at: now,
      // Who writes on in an archived chat wants it back.
      archived_at: null,
      expires_at: expiryOf(chatId, now),
    })
    .where('id', '=', chatId)
    .execute()
}

async function showSideBySide(
  transaction: Transaction,
  { chatId, messageId }: Extract<BeginRun, { kind: 'compare' }>,
): Promise<void> {
  await transaction
    .updateTable('chats')
    .set({ compared_question_id: messageId })
    .where('id', '=', chatId)
    .execute()
}
