import type { ChatBeginning } from '@/shared/chat/chat-settings'

/** What chats of this tab that are not stored yet are to begin with, by their ids. */
export const beginnings = new Map<string, ChatBeginning>()
