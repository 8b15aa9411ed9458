const prefix = 'temporary-'

/** How long a temporary chat is kept when nobody says that it is looked at, in milliseconds. */
export const temporaryKeptMs = 15 * 60_000
/** How long it is kept once its page has been left: long enough to load it again. */
export const leftTemporaryKeptMs = 30_000

/**
 * A chat that says so by its id is kept while a page shows it and no longer (docs/protocol.md § 5). The id alone says it,
 * so that no message of such a chat can begin one that is kept.
 */
export function isTemporaryChat(chatId: string): boolean {
  return chatId.startsWith(prefix)
}

export function temporaryChatId(id: string): string {
  return prefix + id
}
