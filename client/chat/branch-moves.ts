import type { ChatDetail } from '@/shared/chat/chat-summary'
import { messagesPerPageMax } from '@/shared/chat/message-page'
import type { Problem } from '@/shared/errors/problem'
import type { ChatApi } from '../api/chat-api'
import { requestJson, type Fetch } from '../api/http'
import { browserEnvironment } from '../browser/browser-environment'
import type { ChatSession } from './chat-session'

/** What is done to the branches of a chat. Each answers what stood in the way; nothing is changed then. */
export type BranchMoves = {
  /** Shows the branch through a message, and so much of it that the message is there. */
  select: (session: ChatSession, messageId: string) => Promise<Problem | undefined>
  /** Hides a message and what follows it. */
  remove: (session: ChatSession, messageId: string) => Promise<Problem | undefined>
  restore: (session: ChatSession, messageId: string) => Promise<Problem | undefined>
}

type Call = { path: string; method: 'POST' | 'DELETE'; body?: object; signal: AbortSignal }

export function createBranchMoves({
  fetch,
  api,
}: {
  fetch: Fetch
  api: Pick<ChatApi, 'loadEarlier'>
}): BranchMoves {
  async function call({ path, ...request }: Call): Promise<ChatDetail> {
    const { chatDetailSchema } = await import('../api/answers')
    return requestJson(fetch, `/api/chats/${path}`, {
      ...request,
      schema: () => Promise.resolve(chatDetailSchema),
    })
  }

  /** The chat with so many earlier pages that the message is among them. */
  async function upTo(
    messageId: string,
    detail: ChatDetail,
    signal: AbortSignal,
  ): Promise<ChatDetail> {
    const { messages, forks = [], hasEarlier } = detail
    const [first] = messages
    if (!first || !hasEarlier || messages.some(({ id }) => id === messageId)) return detail
    const before = { before: first.id, limit: messagesPerPageMax, signal }
    const page = await api.loadEarlier(detail.id, before)
    const longer = {
      ...detail,
      messages: [...page.messages, ...messages],
      hasEarlier: page.hasEarlier,
      forks: [...(page.forks ?? []), ...forks],
    }
    return upTo(messageId, longer, signal)
  }

  return {
    select: (session, messageId) =>
      session.showBranch(async (signal) => {
        const path = `${encodeURIComponent(session.chatId)}/branch`
        const detail = await call({ path, method: 'POST', body: { messageId }, signal })
        return upTo(messageId, detail, signal)
      }),
    remove: (session, messageId) =>
      session.showBranch((signal) =>
        call({ path: messagePath(session, messageId), method: 'DELETE', signal }),
      ),
    restore: (session, messageId) =>
      session.showBranch(async (signal) => {
        const path = `${messagePath(session, messageId)}/restore`
        return upTo(messageId, await call({ path, method: 'POST', signal }), signal)
      }),
  }
}

export const branchMoves = createBranchMoves(browserEnvironment)

function messagePath({ chatId }: ChatSession, messageId: string): string {
  return `${encodeURIComponent(chatId)}/messages/${encodeURIComponent(messageId)}`
}
