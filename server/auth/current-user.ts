import 'server-only'
import { cookies } from 'next/headers'
import { readSession, sessionCookie } from './session-cookie'

/** Who is asking, by the signed session cookie. */
export async function currentUser(): Promise<{ userId: string } | undefined> {
  const store = await cookies()
  const session = readSession(store.get(sessionCookie)?.value)
  return session && { userId: session.userId }
}
