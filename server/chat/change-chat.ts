import 'server-only'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import { AppError } from '@/shared/errors/app-error'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { Services } from '../services'
import { liveRun } from './settle-runs'
import { tellChanged } from './tell-changed'

type OwnChat = { services: Services; userId: string; chatId: string }

/** How long a removed chat can be brought back. */
export const removedKeptMs = 60 * 60_000

export async function changeChat({
  services,
  title,
  model,
  ...chat
}: OwnChat & { title?: string; model?: ModelRef }): Promise<ChatSummary> {
  if (title !== undefined)
    await services.db.chats.setTitle({ ...chat, title, source: 'user', now: services.now() })
  if (model) await services.db.chats.setModel({ ...chat, model })
  return requireTold(services, chat)
}

/** Stops what is being written in the chat, then hides it; it is deleted for good an hour later. */
export async function removeChat({ services, ...chat }: OwnChat): Promise<void> {
  const run = await liveRun(services, chat)
  if (run) await services.streamLog.cancel(run.id)
  const now = services.now()
  if (!(await services.db.chats.remove({ ...chat, now }))) throw notFound()
  services.liveEvents.publish(chat.userId, { type: 'chat-removed', chatId: chat.chatId })
  await services.db.chats.purgeRemoved({ removedBefore: now - removedKeptMs })
  await services.db.messages.purgeRemoved({ removedBefore: now - removedKeptMs })
}

export async function restoreChat({ services, ...chat }: OwnChat): Promise<ChatSummary> {
  if (!(await services.db.chats.restore(chat))) throw notFound()
  return requireTold(services, chat)
}

async function requireTold(
  services: Services,
  chat: { userId: string; chatId: string },
): Promise<ChatSummary> {
  const summary = await tellChanged(services, chat)
  if (!summary) throw notFound()
  return summary
}

function notFound(): AppError {
  return new AppError('not-found', 'There is no such chat.')
}
