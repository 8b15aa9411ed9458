import type { ChatMessage } from '@/shared/chat/message'
import { type MessageOutline, outlineOf } from '@/shared/chat/message-outline'
import { sameValue } from './same-value'

const outlines = new WeakMap<ChatMessage, MessageOutline>()

/** The outline of a message that is shown; the same object each time. */
export function shownOutline(message: ChatMessage): MessageOutline {
  const known = outlines.get(message)
  if (known) return known
  const outline = outlineOf(message)
  outlines.set(message, outline)
  return outline
}

/** A new version of a message has the outline of the version before, the same object, where nothing but text was added. */
export function keepOutline(message: ChatMessage, previous: ChatMessage | undefined): void {
  if (!previous) return
  const kept = shownOutline(previous)
  if (sameValue(kept, outlineOf(message))) outlines.set(message, kept)
}
