/** Enough for the first screens of a chat; docs/protocol.md § 2. */
export const messagesPerPage = 30
export const messagesPerPageMax = 100
