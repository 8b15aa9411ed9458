import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { MessagePart, MessageStatus } from '@/shared/chat/message'
import type { RunEnd } from '@/shared/stream/stream-event'
import {
  closeParts,
  decodeMetadata,
  decodeParts,
  encodeMetadata,
  encodeParts,
  hasContent,
  type StoredMetadata,
} from './message-codec'
import type { ChatColumns, RunColumns, Tables } from './schema'
import { indexStoredMessage } from './search/write-entry'
import { leafBelow } from './select-branch'
import { noteUsage } from './usage'

type Transaction = Kysely<Tables>

/** A run; with `instance`, only while that process is its writer. */
export type OwnRun = { runId: string; instance?: string | undefined }

export type RunBeat = OwnRun & { now: number }

/** The answer as its run has it just now. What the metadata leaves out stays as stored. */
export type RunProgress = OwnRun & {
  parts: readonly MessagePart[]
  metadata?: StoredMetadata
  /** The last event of the stream log that the parts cover. */
  seq: number
  now: number
}

/** Stores how far an answer has come; `false`, and nothing written, when its run is over or its chat removed. */
export async function checkpointRun(
  transaction: Transaction,
  { parts, metadata, seq, now, ...own }: RunProgress,
): Promise<boolean> {
  const run = await updateVisibleRun(transaction, own)
    .set({ seq, heartbeat_at: now })
    .returningAll()
    .executeTakeFirst()
  if (!run) return false
  await writeAnswer(transaction, run, { status: 'running', parts, metadata })
  return true
}

/** Says that a run is alive; `false` as above. */
export async function beatRun(kysely: Kysely<Tables>, { now, ...own }: RunBeat): Promise<boolean> {
  const beaten = await updateVisibleRun(kysely, own).set({ heartbeat_at: now }).executeTakeFirst()
  return beaten.numUpdatedRows > 0n
}

/**
 * Ends a run; `false` when it had ended otherwise before. Also when the chat was removed meanwhile, so that it isn't
 * found busy should it be restored.
 */
export async function endRun(
  transaction: Transaction,
  { status, parts, metadata, seq, now, ...own }: RunProgress & { status: RunEnd },
): Promise<boolean> {
  const run = await closeRun(transaction, own, { status, seq, now })
  if (!run) return hasEndedSo(transaction, { runId: own.runId, status, seq })
  await writeEnd(transaction, run, { status, parts, metadata })
  await noteUsage(transaction, run, { metadata, now })
  await touchChat(transaction, run.chat_id, {
    updated_at: now,
    // Who stops an answer has seen it.
    ...(status !== 'stopped' && { answered_at: now }),
  })
  return true
}

/** A run, and what its stream log still has of it: stored when that goes further than the last checkpoint. */
export type RunInterruption = {
  runId: string
  now: number
  progress?: { parts: readonly MessagePart[]; seq: number } | undefined
}

/** For a run whose process is gone: what was stored is kept, and says that it was cut. */
export async function interruptRun(
  transaction: Transaction,
  { runId, now, progress }: RunInterruption,
): Promise<boolean> {
  const run = await closeRun(transaction, { runId }, { status: 'interrupted', now })
  if (!run) return false
  const further = progress && progress.seq > run.seq ? progress : undefined
  if (further) await setSeq(transaction, runId, further.seq)
  const parts = further?.parts ?? (await storedParts(transaction, run))
  if (parts) await writeEnd(transaction, run, { status: 'interrupted', parts, metadata: {} })
  await touchChat(transaction, run.chat_id, { answered_at: now })
  return true
}

/** For a writer that only the database reaches: its next checkpoint or heartbeat is refused, and it looks why. */
export async function requestStop(
  kysely: Kysely<Tables>,
  { runId, now }: { runId: string; now: number },
): Promise<boolean> {
  const requested = await updateVisibleRun(kysely, { runId })
    .set({ stop_requested_at: now })
    .executeTakeFirst()
  return requested.numUpdatedRows > 0n
}

/** A run that goes on: neither ended, nor asked to, nor removed with its chat. */
export function updateVisibleRun(kysely: Kysely<Tables>, own: OwnRun) {
  const wanted = updateRunning(kysely, own).where('stop_requested_at', 'is', null)
  return wanted.where((eb) =>
    eb.exists(
      eb
        .selectFrom('chats')
        .whereRef('chats.id', '=', 'runs.chat_id')
        .where('chats.removed_at', 'is', null)
        .select('chats.id'),
    ),
  )
}

function updateRunning(kysely: Kysely<Tables>, { runId, instance }: OwnRun) {
  const running = kysely
    .updateTable('runs')
    .where('id', '=', runId)
    .where('status', '=', sql.lit('running'))
  return instance === undefined ? running : running.where('instance', '=', instance)
}

function closeRun(
  transaction: Transaction,
  own: OwnRun,
  { status, seq, now }: { status: RunEnd; seq?: number; now: number },
): Promise<RunColumns | undefined> {
  return updateRunning(transaction, own)
    .set({ status, ended_at: now, ...(seq === undefined ? {} : { seq }) })
    .returningAll()
    .executeTakeFirst()
}

/** Whether just this end is stored: it was written, and the acknowledgement was lost on the way back. */
async function hasEndedSo(
  transaction: Transaction,
  { runId, status, seq }: { runId: string; status: RunEnd; seq: number },
): Promise<boolean> {
  const run = await transaction
    .selectFrom('runs')
    .where('id', '=', runId)
    .select(['status', 'seq'])
    .executeTakeFirst()
  return run?.status === status && run.seq === seq
}

async function setSeq(transaction: Transaction, runId: string, seq: number): Promise<void> {
  await transaction.updateTable('runs').set({ seq }).where('id', '=', runId).execute()
}

async function storedParts(
  transaction: Transaction,
  run: RunColumns,
): Promise<MessagePart[] | undefined> {
  const stored = await transaction
    .selectFrom('messages')
    .where('chat_id', '=', run.chat_id)
    .where('id', '=', run.message_id)
    .select('parts')
    .executeTakeFirst()
  return stored && decodeParts(stored.parts)
}

type Answer = {
  status: MessageStatus
  parts: readonly MessagePart[]
  metadata: StoredMetadata | undefined
}

async function writeEnd(
  transaction: Transaction,
  run: RunColumns,
  { status, parts, metadata }: Answer,
): Promise<void> {
  const nothingWritten = status === 'stopped' && run.kind !== 'continue' && !hasContent(parts)
  if (nothingWritten) return deleteAnswer(transaction, run)
  await writeAnswer(transaction, run, { status, parts: closeParts(parts), metadata })
  const { user_id: userId, chat_id: chatId, message_id: messageId } = run
  await indexStoredMessage(transaction, { userId, chatId, messageId })
}

async function writeAnswer(
  transaction: Transaction,
  run: RunColumns,
  { status, parts, metadata }: Answer,
): Promise<void> {
  const merged = metadata && (await mergedMetadata(transaction, run, metadata))
  await transaction
    .updateTable('messages')
    .set({
      status,
      ...(merged !== undefined && { metadata: merged }),
      ...(keepsEarlierParts(run, parts) ? {} : { parts: encodeParts(parts) }),
    })
    .where('chat_id', '=', run.chat_id)
    .where('id', '=', run.message_id)
    .execute()
}

async function mergedMetadata(
  transaction: Transaction,
  run: RunColumns,
  metadata: StoredMetadata,
): Promise<string> {
  const stored = await transaction
    .selectFrom('messages')
    .where('chat_id', '=', run.chat_id)
    .where('id', '=', run.message_id)
    .select('metadata')
    .executeTakeFirstOrThrow()
  return encodeMetadata({ ...decodeMetadata(stored.metadata), ...metadata })
}

/** A continued answer never loses what it had, should its run end before it wrote anything. */
function keepsEarlierParts(run: RunColumns, parts: readonly MessagePart[]): boolean {
  return run.kind === 'continue' && !hasContent(parts)
}

async function deleteAnswer(transaction: Transaction, run: RunColumns): Promise<void> {
  const answer = await transaction
    .deleteFrom('messages')
    .where('chat_id', '=', run.chat_id)
    .where('id', '=', run.message_id)
    .returning('parent_id')
    .executeTakeFirst()
  if (!answer) return
  await transaction
    .updateTable('chats')
    .set({ selected_leaf_id: await leafInstead(transaction, run, answer.parent_id) })
    .where('id', '=', run.chat_id)
    .where('selected_leaf_id', '=', run.message_id)
    .execute()
}

/** An answer of its siblings, where it had some; else what it was to answer. */
async function leafInstead(
  transaction: Transaction,
  { chat_id: chatId }: RunColumns,
  parentId: string | null,
): Promise<string | null> {
  if (parentId === null) return null
  return (await leafBelow(transaction, { chatId, messageId: parentId })) ?? parentId
}

async function touchChat(
  transaction: Transaction,
  chatId: string,
  times: Partial<Pick<ChatColumns, 'updated_at' | 'answered_at'>>,
): Promise<void> {
  await transaction
    .updateTable('chats')
    .set(times)
    .where('id', '=', chatId)
    .where('removed_at', 'is', null)
    .execute()
}
