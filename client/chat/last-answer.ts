import type { MessageStatus } from '@/shared/chat/message'
import type { ChatMessageStore } from './chat-store'

/** When the newest answer was begun, by the server's clock. */
export function lastAnswerAt(store: ChatMessageStore): number {
  const answer = store.messages.findLast(({ role }) => role === 'assistant')
  return answer?.metadata?.createdAt ?? 0
}

/** Whether the chat ends with an answer that nobody has said the end of. */
export function isUnfinished(store: ChatMessageStore): boolean {
  return store.messages.at(-1)?.metadata?.status === 'running'
}

/** Every end is visible, also one that this browser alone knows of (docs/protocol.md § 1, rule 4). */
export function markEnded(store: ChatMessageStore, status: MessageStatus): void {
  const answer = store.messages.at(-1)
  if (answer?.metadata?.status !== 'running') return
  const ended = { ...answer, metadata: { ...answer.metadata, status } }
  store.messages = [...store.messages.slice(0, -1), ended]
}

/** Stopped before the first token, the server keeps no answer either. Answers which one was dropped. */
export function dropEmptyAnswer(store: ChatMessageStore): string | undefined {
  const answer = store.messages.at(-1)
  const isEmpty = answer?.parts.every((part) => !('text' in part) || part.text === '')
  if (answer?.role !== 'assistant' || answer.metadata?.status !== 'stopped' || !isEmpty)
    return undefined
  store.removeMessage(answer.id)
  return answer.id
}
