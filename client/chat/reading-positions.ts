import type { ChatMessage } from '@/shared/chat/message'

/** Where somebody had scrolled to in a chat: a message, how far below the upper edge it began, and what stood last then. */
export type ReadingPlace = { messageId: string; below: number; last: ChatMessage | undefined }

const placesMax = 50
const places = new Map<string, ReadingPlace>()

/** Remembers, while the tab is open, where a chat was left; nothing for its end. */
export function rememberPlace(chatId: string, place: ReadingPlace | undefined): void {
  places.delete(chatId)
  if (!place) return
  places.set(chatId, place)
  const [oldest] = places.keys()
  if (places.size > placesMax && oldest !== undefined) places.delete(oldest)
}

export function rememberedPlace(chatId: string): ReadingPlace | undefined {
  return places.get(chatId)
}
