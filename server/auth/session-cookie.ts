import 'server-only'
import { randomBytes } from 'node:crypto'
import { uuidV7 } from '@/shared/chat/ids'
import { env } from '../env'
import { sessionSecret } from './session-secret'
import {
  createSessionToken,
  readSessionToken,
  sessionSecondsMax,
  type Session,
} from './session-token'

export const sessionCookie = 'rivulet_session'

/** A cookie is signed anew once it is this old, so that it does not run out for a user who keeps coming. */
const renewAfterMs = 24 * 60 * 60_000

let secret: string | undefined

function ownSecret(): string {
  secret ??= sessionSecret(env())
  return secret
}

export function readSession(cookie: string | undefined): Session | undefined {
  return cookie ? readSessionToken(cookie, { secret: ownSecret(), now: Date.now() }) : undefined
}

/** The cookie a page visit should set: a guest's first, or one that is due for renewal; nothing otherwise. */
export function cookieToSet(cookie: string | undefined, { secure }: { secure: boolean }) {
  const now = Date.now()
  const session = readSession(cookie)
  if (session && now - session.issuedAt < renewAfterMs) return undefined
  const userId = session?.userId ?? uuidV7(now, randomBytes(10))
  return {
    name: sessionCookie,
    value: createSessionToken({ userId, issuedAt: now }, ownSecret()),
    httpOnly: true,
    sameSite: 'lax' as const,
    secure,
    path: '/',
    maxAge: sessionSecondsMax,
  }
}
