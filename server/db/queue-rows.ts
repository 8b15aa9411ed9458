import 'server-only'
import type { Kysely } from 'kysely'
import type { QueuedMessage } from '@/shared/chat/queued-message'
import type { QueuedMessageColumns, Tables } from './schema'

/** In the order in which they are sent. Whose chat it is, the caller has checked. */
export function selectQueue(kysely: Kysely<Tables>, chatId: string) {
  return kysely
    .selectFrom('queued_messages')
    .where('queued_messages.chat_id', '=', chatId)
    .orderBy('queued_messages.position')
    .selectAll('queued_messages')
}

/** A message that is sent waits no more, whichever way it was sent. */
export async function takeOffQueue(
  transaction: Kysely<Tables>,
  { chatId, id }: { chatId: string; id: string },
): Promise<void> {
  await transaction
    .deleteFrom('queued_messages')
    .where('chat_id', '=', chatId)
    .where('id', '=', id)
    .execute()
}

export function toQueuedMessage(row: QueuedMessageColumns): QueuedMessage {
  const { id, text, model_provider: provider, model_id: modelId, created_at: createdAt } = row
  const model = provider !== null && modelId !== null ? { provider, id: modelId } : null
  return { id, text, model, createdAt }
}
