import 'server-only'
import { type Kysely, sql } from 'kysely'
import { lockChat } from './lock-chat'
import type { Tables } from './schema'

type Transaction = Kysely<Tables>
type MessageOfUser = { userId: string; chatId: string; messageId: string }

/** Selects the branch through a message, at the leaf that was shown last of it; nothing when there is no such message. */
export async function selectBranch(
  transaction: Transaction,
  { now, ...message }: MessageOfUser & { now: number },
): Promise<string | undefined> {
  const { chatId } = message
  if (!(await lockChat(transaction, message))) return undefined
  const leafId = await leafBelow(transaction, message)
  if (leafId === undefined) return undefined
  await setLeaf(transaction, { chatId, leafId })
  await transaction
    .updateTable('messages')
    .set({ chosen_at: now })
    .where('chat_id', '=', chatId)
    .where('id', '=', leafId)
    .execute()
  return leafId
}

/** Where a branch through that message ends: at the leaf that was chosen or begun last. */
export async function leafBelow(
  transaction: Transaction,
  { chatId, messageId }: { chatId: string; messageId: string },
): Promise<string | undefined> {
  const leaves = await visibleBelow(transaction, { chatId, messageId })
    .selectFrom('branch')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('messages as child')
            .whereRef('child.chat_id', '=', 'branch.chat_id')
            .whereRef('child.parent_id', '=', 'branch.id')
            .where('child.removed_at', 'is', null)
            .select(sql.lit(1).as('one')),
        ),
      ),
    )
    .select(['branch.id', 'branch.created_at', 'branch.chosen_at'])
    .execute()
  return leaves.toSorted(
    (left, right) => lastShown(right) - lastShown(left) || (left.id < right.id ? 1 : -1),
  )[0]?.id
}

/** A message and all that follow it, on whatever branch, under the name of `branch`; nothing of what is hidden. */
export function visibleBelow(
  transaction: Transaction,
  message: { chatId: string; messageId: string },
) {
  return branchBelow(transaction, { ...message, removedAt: null })
}

/** The same of those alone that were hidden at that time, or never. */
export function branchBelow(
  transaction: Transaction,
  { chatId, messageId, removedAt }: { chatId: string; messageId: string; removedAt: number | null },
) {
  const same = removedAt === null ? 'is' : '='
  return transaction.withRecursive('branch(chat_id, id, created_at, chosen_at)', (query) =>
    query
      .selectFrom('messages as top')
      .where('top.chat_id', '=', chatId)
      .where('top.id', '=', messageId)
      .where('top.removed_at', same, removedAt)
      .select(['top.chat_id', 'top.id', 'top.created_at', 'top.chosen_at'])
      .unionAll(
        query
          .selectFrom('branch')
          .innerJoin('messages as child', (join) =>
            join
              .onRef('child.chat_id', '=', 'branch.chat_id')
              .onRef('child.parent_id', '=', 'branch.id'),
          )
          .where('child.removed_at', same, removedAt)
          .select(['child.chat_id', 'child.id', 'child.created_at', 'child.chosen_at']),
      ),
  )
}

/** Goes on from there: what was compared is no longer. */
export async function setLeaf(
  transaction: Transaction,
  { chatId, leafId }: { chatId: string; leafId: string | null },
): Promise<void> {
  await transaction
    .updateTable('chats')
    .set({ selected_leaf_id: leafId, compared_question_id: null })
    .where('id', '=', chatId)
    .execute()
}

function lastShown(leaf: { created_at: number; chosen_at: number | null }): number {
  return Math.max(leaf.created_at, leaf.chosen_at ?? 0)
}
