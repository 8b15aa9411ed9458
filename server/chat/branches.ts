import 'server-only'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { AppError } from '@/shared/errors/app-error'
import type { Services } from '../services'
import { removedKeptMs } from './change-chat'
import { loadChat } from './load-chat'
import { liveRuns } from './settle-runs'

type OwnMessage = { services: Services; userId: string; chatId: string; messageId: string }

/**
 * Shows another branch of a chat: the one through that message, as far as it was followed last. Ends no run. Answers the
 * chat with the end of that branch; refuses with `not-found` what is no message of a chat of the user.
 */
export async function selectBranch({ services, ...message }: OwnMessage): Promise<ChatDetail> {
  const leafId = await services.db.messages.select({ ...message, now: services.now() })
  return showSelected({ services, ...message, leafId })
}

/** Hides a message with all that follows it, to be brought back within the hour, and shows what is beside or above it. */
export async function removeBranch({ services, ...message }: OwnMessage): Promise<ChatDetail> {
  await liveRuns(services, { userId: message.userId, chatIds: [message.chatId] })
  const now = services.now()
  const outcome = await services.db.messages.remove({ ...message, now })
  await services.db.messages.purgeRemoved({ removedBefore: now - removedKeptMs })
  switch (outcome.status) {
    case 'busy':
      throw new AppError('chat-busy', 'It is still being written. Stop it first.', {
        runId: outcome.runId,
      })
    case 'last':
      throw new AppError('invalid-request', 'Nothing else is in this chat. Delete the chat.')
    case 'not-found':
      throw notFound()
    case 'removed':
      return showSelected({ services, ...message, leafId: outcome.leafId })
  }
}

/** Undoes a removal, and shows what it brought back. */
export async function restoreBranch({ services, ...message }: OwnMessage): Promise<ChatDetail> {
  const leafId = await services.db.messages.restore({ ...message, now: services.now() })
  return showSelected({ services, ...message, leafId })
}

async function showSelected({
  services,
  userId,
  chatId,
  leafId,
}: Omit<OwnMessage, 'messageId'> & { leafId: string | undefined }): Promise<ChatDetail> {
  const detail = leafId === undefined ? undefined : await loadChat({ services, userId, chatId })
  if (leafId === undefined || !detail) throw notFound()
  services.liveEvents.publish(userId, { type: 'branch-selected', chatId, leafId })
  return detail
}

function notFound(): AppError {
  return new AppError('not-found', 'There is no such chat, or no such message in it.')
}
