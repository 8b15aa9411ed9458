import 'server-only'
import { cookies } from 'next/headers'
import { services } from '../services'
import { readSession, sessionCookie } from './session-cookie'
import { sessionHolds } from './session-end'
import type { Session } from './session-token'

/** Who is asking, by the signed session cookie; nobody once that session was ended. */
export async function currentUser(): Promise<Session | undefined> {
  const store = await cookies()
  const session = readSession(store.get(sessionCookie)?.value)
  return session && (await sessionHolds(await services(), session)) ? session : undefined
}
