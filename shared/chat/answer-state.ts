import type { ChatMessage, MessageStatus } from './message'

/** How an answer stands, as it is drawn: what its status says, and for a running one what it is doing just now. */
export type AnswerState = Exclude<MessageStatus, 'running'> | 'waiting' | 'thinking' | 'answering'

export function answerState(message: Pick<ChatMessage, 'parts' | 'metadata'>): AnswerState {
  const status = message.metadata?.status ?? 'running'
  if (status !== 'running') return status
  const last = message.parts.findLast((part) => part.type === 'text' || part.type === 'reasoning')
  if (last?.type === 'reasoning') return 'thinking'
  return last?.text ? 'answering' : 'waiting'
}

/** Whether more of it may come. */
export function isRunning(state: AnswerState): boolean {
  return state === 'waiting' || state === 'thinking' || state === 'answering'
}

/** All that was thought, in one piece. */
export function reasoningText(message: Pick<ChatMessage, 'parts'>): string {
  return message.parts
    .flatMap((part) => (part.type === 'reasoning' && part.text.trim() ? [part.text] : []))
    .join('\n\n')
}
