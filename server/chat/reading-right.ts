import 'server-only'
import { sessionHolds } from '../auth/session-end'
import type { Session } from '../auth/session-token'
import { log } from '../log'
import type { Services } from '../services'

export type ReadingRightOptions = {
  services: Pick<Services, 'db'>
  session: Session
  /** The chat that is read, if it is one. */
  chatId?: string
}

/**
 * Asks whether an open stream may go on: its session has not been ended, its chat is still the user's. While the database
 * cannot be asked it goes on, since the right was there a moment ago.
 */
export function readingRight(options: ReadingRightOptions): () => Promise<boolean> {
  return async () => {
    try {
      return await holds(options)
    } catch (error) {
      log.debug('The right to read a stream could not be checked.', { error })
      return true
    }
  }
}

async function holds({ services, session, chatId }: ReadingRightOptions): Promise<boolean> {
  if (!(await sessionHolds(services, session))) return false
  if (chatId === undefined) return true
  return (await services.db.chats.get({ userId: session.userId, chatId })) !== undefined
}
