import type { ChatMessage } from '@/shared/chat/message'

/**
 * What a chat is doing. `sending`: not yet accepted. `waiting`: accepted, nothing to show yet. `reconnecting` and `offline`
 * stand in for the others while the connection is cut.
 */
export type SessionPhase =
  | 'idle'
  | 'sending'
  | 'waiting'
  | 'thinking'
  | 'streaming'
  | 'reconnecting'
  | 'offline'

/** How far an answer being written has come, told by its last part. */
export function phaseOfAnswer(
  message: ChatMessage | undefined,
): 'waiting' | 'thinking' | 'streaming' {
  const part = message?.role === 'assistant' ? message.parts.at(-1) : undefined
  if (part?.type === 'reasoning' && part.state === 'streaming') return 'thinking'
  if (part?.type === 'text' && part.text !== '') return 'streaming'
  return 'waiting'
}
