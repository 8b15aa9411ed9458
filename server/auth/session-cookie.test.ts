import { expect, it } from 'vitest'
import { clearedCookie, cookieToSet } from './session-cookie'
import { createSessionToken, readSessionToken } from './session-token'

const secret = 'a secret of at least thirty-two characters'
const now = 1_700_000_000_000
const hour = 60 * 60_000
const userId = 'user-1'

async function visit(cookie: string | undefined, { ended = false, secure = false } = {}) {
  const holds = () => Promise.resolve(!ended)
  const set = await cookieToSet(cookie, { secure, holds, secret, now })
  return { set, session: set && readSessionToken(set.value, { secret, now }) }
}

const cookieSince = (issuedAt: number) => createSessionToken({ userId, issuedAt }, secret)

it('makes a visitor without a cookie, or with a forged one, a new guest', async () => {
  for (const cookie of [undefined, '', `${cookieSince(now)}x`]) {
    const { session } = await visit(cookie)
    expect(session).toMatchObject({ userId: expect.not.stringMatching(userId), issuedAt: now })
  }
})

it('sets nothing for a guest of today, and renews the cookie of one who comes back later', async () => {
  expect((await visit(cookieSince(now - hour))).set).toBeUndefined()
  expect((await visit(cookieSince(now - 25 * hour))).session).toEqual({ userId, issuedAt: now })
})

it('never renews a session that was ended: its browser is a new guest', async () => {
  for (const issuedAt of [now - hour, now - 25 * hour]) {
    const { session } = await visit(cookieSince(issuedAt), { ended: true })
    expect(session?.userId).toBeDefined()
    expect(session?.userId).not.toBe(userId)
  }
})

it('cannot be read by scripts, and travels by HTTPS alone where there is HTTPS', async () => {
  expect((await visit(undefined)).set).toMatchObject({
    httpOnly: true,
    sameSite: 'lax',
    secure: false,
  })
  expect((await visit(undefined, { secure: true })).set).toMatchObject({ secure: true })
})

it('is cleared under the attributes it was set with', () => {
  expect(clearedCookie({ secure: true })).toBe(
    'rivulet_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
  )
})
