import 'server-only'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { messagesPerPage } from '@/shared/chat/message-page'
import type { Services } from '../services'
import { liveRun, liveRunOf } from './settle-runs'
import { summaryOf } from './tell-changed'

type OwnChat = { services: Services; userId: string; chatId: string }

/** A chat with the newest messages of its selected branch, and what waits; nothing when there is none, or it is somebody else's. */
export async function loadChat({ services, ...chat }: OwnChat): Promise<ChatDetail | undefined> {
  const run = await liveRun(services, chat)
  const row = await services.db.chats.get(chat)
  if (!row) return undefined
  const page = await services.db.messages.page({ ...chat, limit: messagesPerPage })
  const queue = await services.db.queue.list(chat)
  const questionId = page?.messages.at(-1)?.metadata?.parentId
  return {
    ...summaryOf(row),
    activeRunId: run?.id ?? null,
    model: row.model,
    ...(page ?? { messages: [], hasEarlier: false }),
    ...(queue.length > 0 && { queue }),
    ...(run && run.messageId !== row.selectedLeafId && { activeElsewhere: true }),
    ...(questionId && questionId === row.comparedQuestionId && { comparing: true }),
  }
}

/** The same as if that answer were the one selected, and of its branch the last turn alone. */
export async function loadAnswer({
  services,
  answerId,
  ...chat
}: OwnChat & { answerId: string }): Promise<ChatDetail | undefined> {
  const run = await liveRunOf(services, { ...chat, messageId: answerId })
  const row = await services.db.chats.get(chat)
  const page = row && (await services.db.messages.page({ ...chat, leafId: answerId, limit: 2 }))
  if (!page) return undefined
  return { ...summaryOf(row), activeRunId: run?.id ?? null, model: row.model, ...page }
}
