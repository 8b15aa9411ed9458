import 'server-only'
import { type Kysely, sql } from 'kysely'
import { isTemporaryChat, temporaryKeptMs } from '@/shared/chat/temporary-chat'
import { AppError } from '@/shared/errors/app-error'
import { loadBranch } from './branch'
import { writeChatSettings } from './chat-settings'
import { cleanText } from './json-codec'
import { lockChat } from './lock-chat'
import { findMessage, prepareAnswer } from './prepare-answer'
import { type RunRow, toRunRow } from './run-row'
import type { BeginOutcome, BeginRun } from './run-to-begin'
import type { ChatColumns, Tables } from './schema'
import { indexTitle } from './search/write-entry'
import { ensureUser } from './users'

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

/** What holds up the chat's next message: its one run, or the one beside it that writes what is to be gone on with. */
export function findRunning(
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
