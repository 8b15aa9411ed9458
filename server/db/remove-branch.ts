import 'server-only'
import { type Kysely, sql } from 'kysely'
import { selectChildren } from './forks'
import { lockChat } from './lock-chat'
import type { Tables } from './schema'
import { branchBelow, leafBelow, selectBranch, setLeaf, visibleBelow } from './select-branch'

type Transaction = Kysely<Tables>
type MessageOfUser = { userId: string; chatId: string; messageId: string }

export type RemoveOutcome =
  | { status: 'removed'; leafId: string }
  /** An answer is being written in what is to be removed. */
  | { status: 'busy'; runId: string }
  /** Nothing of the chat would be left. */
  | { status: 'last' }
  /** The chat or the message is unknown, removed or somebody else's. */
  | { status: 'not-found' }

/** Hides a message and what follows it. If it was selected, the sibling before it is now, or the one after, or the parent. */
export async function removeBranch(
  transaction: Transaction,
  { now, ...message }: MessageOfUser & { now: number },
): Promise<RemoveOutcome> {
  const { chatId } = message
  const chat = await lockChat(transaction, message)
  const ids = await idsBelow(transaction, message)
  if (!chat || ids.length === 0) return { status: 'not-found' }
  const running = await runningIn(transaction, { chatId, ids })
  if (running) return { status: 'busy', runId: running }
  const heirId = await heirOf(transaction, message)
  if (heirId === undefined) return { status: 'last' }

  await hide(transaction, { ...message, now })
  const kept = chat.selected_leaf_id
  if (kept !== null && !ids.includes(kept)) return { status: 'removed', leafId: kept }
  const leafId = (await leafBelow(transaction, { chatId, messageId: heirId })) ?? heirId
  await setLeaf(transaction, { chatId, leafId })
  return { status: 'removed', leafId }
}

/** Shows again what one removal has hidden, and selects it; nothing when it, or what it followed, is gone. */
export async function restoreBranch(
  transaction: Transaction,
  { now, ...message }: MessageOfUser & { now: number },
): Promise<string | undefined> {
  const { chatId, messageId } = message
  if (!(await lockChat(transaction, message))) return undefined
  const hidden = await transaction
    .selectFrom('messages')
    .leftJoin('messages as parent', (join) =>
      join
        .onRef('parent.chat_id', '=', 'messages.chat_id')
        .onRef('parent.id', '=', 'messages.parent_id'),
    )
    .where('messages.chat_id', '=', chatId)
    .where('messages.id', '=', messageId)
    .where('parent.removed_at', 'is', null)
    .select('messages.removed_at')
    .executeTakeFirst()
  if (hidden && hidden.removed_at !== null)
    await show(transaction, { chatId, messageId, removedAt: hidden.removed_at })
  return selectBranch(transaction, { ...message, now })
}

export async function purgeRemovedMessages(
  kysely: Kysely<Tables>,
  { removedBefore }: { removedBefore: number },
): Promise<number> {
  const deleted = await kysely
    .deleteFrom('messages')
    .where('removed_at', '<', removedBefore)
    .executeTakeFirst()
  return Number(deleted.numDeletedRows)
}

async function idsBelow(transaction: Transaction, message: MessageOfUser): Promise<string[]> {
  const rows = await visibleBelow(transaction, message).selectFrom('branch').select('id').execute()
  return rows.map(({ id }) => id)
}

async function runningIn(
  transaction: Transaction,
  { chatId, ids }: { chatId: string; ids: readonly string[] },
): Promise<string | undefined> {
  const runs = await transaction
    .selectFrom('runs')
    .where('chat_id', '=', chatId)
    .where('status', '=', sql.lit('running'))
    .select(['id', 'message_id'])
    .execute()
  return runs.find(({ message_id }) => ids.includes(message_id))?.id
}

/** The message to go to when that one is removed. */
async function heirOf(
  transaction: Transaction,
  message: MessageOfUser,
): Promise<string | undefined> {
  const { chatId, messageId } = message
  const own = await transaction
    .selectFrom('messages')
    .where('chat_id', '=', chatId)
    .where('id', '=', messageId)
    .select('parent_id')
    .executeTakeFirstOrThrow()
  const parents = own.parent_id === null ? null : [own.parent_id]
  const siblings = await selectChildren(transaction, message, parents)
  const at = siblings.findIndex(({ id }) => id === messageId)
  return (siblings[at - 1] ?? siblings[at + 1])?.id ?? own.parent_id ?? undefined
}

async function hide(
  transaction: Transaction,
  { chatId, messageId, now }: MessageOfUser & { now: number },
): Promise<void> {
  await visibleBelow(transaction, { chatId, messageId })
    .updateTable('messages')
    .set({ removed_at: now })
    .where('chat_id', '=', chatId)
    .where('id', 'in', (eb) => eb.selectFrom('branch').select('branch.id'))
    .execute()
}

async function show(
  transaction: Transaction,
  hidden: { chatId: string; messageId: string; removedAt: number },
): Promise<void> {
  await branchBelow(transaction, hidden)
    .updateTable('messages')
    .set({ removed_at: null })
    .where('chat_id', '=', hidden.chatId)
    .where('id', 'in', (eb) => eb.selectFrom('branch').select('branch.id'))
    .execute()
}
