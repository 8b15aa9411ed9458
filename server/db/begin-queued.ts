import 'server-only'
import type { Kysely } from 'kysely'
import { firstWords } from '@/shared/chat/title'
import { beginRun } from './begin-run'
import type { BeginOutcome, BeginRun } from './run-to-begin'
import { lockChat } from './lock-chat'
import { selectQueue } from './queue-rows'
import type { Tables } from './schema'

export type BeginQueued = Pick<
  BeginRun,
  'userId' | 'chatId' | 'runId' | 'answerId' | 'instance' | 'model' | 'now'
> & {
  /** The message that was the first of the queue when the model was looked up for it. */
  queuedId: string
}

/** Sends the first message of the queue, as it stands now; must run inside a transaction. */
export async function beginQueued(
  transaction: Kysely<Tables>,
  { queuedId, ...begin }: BeginQueued,
): Promise<BeginOutcome> {
  if (!(await lockChat(transaction, begin))) return { status: 'not-found' }
  const first = await selectQueue(transaction, begin.chatId).limit(1).executeTakeFirst()
  if (first?.id !== queuedId) return { status: 'not-found' }
  const { id, text } = first
  return beginRun(transaction, {
    ...begin,
    kind: 'submit',
    requestKey: id,
    message: { id, text },
    title: firstWords(text),
  })
}
