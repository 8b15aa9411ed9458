import { browserEnvironment } from '../browser/browser-environment'

/** An id for a chat that is not stored yet: the first message sent there makes it. */
export function newChatId(): string {
  return browserEnvironment.newId()
}
