import 'server-only'
import type { Services } from '../services'
import type { Session } from './session-token'

/**
 * Whether the session has not been ended since it was issued. Asked of the database each time: a session that was ended
 * through one instance is ended on all of them at once.
 */
export async function sessionHolds(
  { db }: Pick<Services, 'db'>,
  { userId, issuedAt }: Session,
): Promise<boolean> {
  const endedAt = await db.users.sessionsEndedAt({ userId })
  return endedAt === null || issuedAt > endedAt
}

/**
 * Ends every session of the user, on every device: their requests are refused, and their streams close. Not before the
 * asking session was issued, in case another instance did that whose clock is ahead.
 */
export async function endSessions(
  { db, now }: Pick<Services, 'db' | 'now'>,
  { userId, issuedAt }: Session,
): Promise<void> {
  await db.users.endSessions({ userId, now: Math.max(now(), issuedAt) })
}
