import { type AnswerState, answerState } from './answer-state'
import type { ChatMessage, MessagePart } from './message'

/** A message without its texts: what of it stays the same from token to token. */
export type MessageOutline = {
  readonly id: string
  readonly role: ChatMessage['role']
  readonly metadata: ChatMessage['metadata']
  readonly state: AnswerState
  readonly parts: readonly PartOutline[]
}

/** `hasText`: there is something to read in the part, not white space alone. */
export type PartOutline = { readonly type: MessagePart['type']; readonly hasText: boolean }

export function outlineOf(message: ChatMessage): MessageOutline {
  const { id, role, metadata } = message
  return {
    id,
    role,
    metadata,
    state: answerState(message),
    parts: message.parts.map(outlineOfPart),
  }
}

function outlineOfPart(part: MessagePart): PartOutline {
  return { type: part.type, hasText: 'text' in part && /\S/.test(part.text) }
}

/** Whether the message answers anything: a text part that can be read. */
export function hasText({ parts }: Pick<MessageOutline, 'parts'>): boolean {
  return parts.some((part) => part.type === 'text' && part.hasText)
}
