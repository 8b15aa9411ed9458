import 'server-only'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import { isTemporaryChat } from '@/shared/chat/temporary-chat'
import { AppError } from '@/shared/errors/app-error'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { ChatArrangement } from '../db/chats'
import type { Services } from '../services'
import { liveRuns } from './settle-runs'
import { tellAllChanged, tellChanged } from './tell-changed'
import { closeTemporaryChat } from './temporary-chats'

type OwnChat = { services: Services; userId: string; chatId: string }

/** How long a removed chat can be brought back. */
export const removedKeptMs = 60 * 60_000

export type ChatChange = Omit<ChatArrangement, 'removed'> & {
  title?: string | undefined
  model?: ModelRef | undefined
}

export async function changeChat({
  services,
  change: { title, model, ...arrangement },
  ...chat
}: OwnChat & { change: ChatChange }): Promise<ChatSummary> {
  if (Object.keys(arrangement).length > 0)
    await arrange({ services, userId: chat.userId, chatIds: [chat.chatId], arrangement })
  if (title !== undefined)
    await services.db.chats.setTitle({ ...chat, title, source: 'user', now: services.now() })
  if (model) await services.db.chats.setModel({ ...chat, model })
  return requireTold(services, chat)
}

/** Changes many chats in one go; those that are not there, or somebody else's, are passed over. */
export async function arrangeChats(options: ArrangeOptions): Promise<ChatSummary[]> {
  const { services, userId, arrangement } = options
  // A temporary chat is not among those that are arranged.
  const listed = options.chatIds.filter((id) => !isTemporaryChat(id))
  if (arrangement.removed) await cancelRuns(services, { userId, chatIds: listed })
  const chatIds = await arrange(options)
  if (chatIds.length === 0) return []
  if (!arrangement.removed) return tellAllChanged(services, { userId, chatIds })
  services.liveEvents.publish(userId, { type: 'chats-removed', chatIds })
  await services.db.chats.purgeRemoved({ removedBefore: services.now() - removedKeptMs })
  return []
}

/** Stops what is being written in the chat, then hides it; it is deleted for good an hour later, a temporary one at once. */
export async function removeChat({ services, ...chat }: OwnChat): Promise<void> {
  if (isTemporaryChat(chat.chatId)) return closeTemporaryChat(services, chat)
  await cancelRuns(services, { userId: chat.userId, chatIds: [chat.chatId] })
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

type ArrangeOptions = {
  services: Services
  userId: string
  chatIds: readonly string[]
  arrangement: ChatArrangement
}

async function arrange({ services, ...change }: ArrangeOptions): Promise<string[]> {
  const changed = await services.db.chats.arrange({ ...change, now: services.now() })
  if (changed === 'no-folder') throw new AppError('not-found', 'There is no such folder.')
  return changed
}

async function cancelRuns(
  services: Services,
  { userId, chatIds }: { userId: string; chatIds: readonly string[] },
): Promise<void> {
  for (const run of await liveRuns(services, { userId, chatIds }))
    await services.streamLog.cancel(run.id)
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
