import 'server-only'
import { randomBytes } from 'node:crypto'
import { uuidV7 } from '@/shared/chat/uuid-v7'
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

let keptSecret: string | undefined

function ownSecret(): string {
  keptSecret ??= sessionSecret(env())
  return keptSecret
}

export function readSession(cookie: string | undefined): Session | undefined {
  return cookie ? readSessionToken(cookie, { secret: ownSecret(), now: Date.now() }) : undefined
}

export type CookieToSetOptions = {
  secure: boolean
  /** Whether the session of a cookie has not been ended. */
  holds: (session: Session) => Promise<boolean>
  secret?: string
  /** Taken before `holds` answers: a renewal that crosses the end of all sessions is older than it, and void. */
  now?: number
}

/**
 * The cookie a page visit should set: a guest's first, a new guest's in the place of one whose sessions were ended, or one
 * that is due for renewal; nothing otherwise.
 */
export async function cookieToSet(
  cookie: string | undefined,
  { secure, holds, secret = ownSecret(), now = Date.now() }: CookieToSetOptions,
) {
  const given = cookie ? readSessionToken(cookie, { secret, now }) : undefined
  const session = given && (await holds(given)) ? given : undefined
  if (session && now - session.issuedAt < renewAfterMs) return undefined
  const userId = session?.userId ?? uuidV7(now, randomBytes(10))
  const value = createSessionToken({ userId, issuedAt: now }, secret)
  return { ...attributes(secure), value, maxAge: sessionSecondsMax }
}

/** Takes the cookie out of the browser. */
export function clearedCookie({ secure }: { secure: boolean }): string {
  const { name, path } = attributes(secure)
  return `${name}=; Path=${path}; Max-Age=0; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

function attributes(secure: boolean) {
  return { name: sessionCookie, httpOnly: true, sameSite: 'lax' as const, secure, path: '/' }
}
