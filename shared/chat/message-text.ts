import type { ChatMessage } from './message'

/** The text of a message as a person reads it: its text parts, reasoning left out. */
export function messageText(message: Pick<ChatMessage, 'parts'>): string {
  return message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n')
}
