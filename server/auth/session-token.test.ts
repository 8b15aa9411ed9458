import { expect, it } from 'vitest'
import { createSessionToken, readSessionToken, sessionSecondsMax } from './session-token'

const secret = 'a secret of at least thirty-two characters'
const issuedAt = 1_700_000_000_000
const token = createSessionToken({ userId: 'user-1', issuedAt }, secret)
const read = (text: string, options: { secret?: string; now?: number } = {}) =>
  readSessionToken(text, { secret, now: issuedAt + 1, ...options })

it('reads back what it signed', () => {
  expect(read(token)).toEqual({ userId: 'user-1', issuedAt })
})

it.each([
  ['another user', token.replace('user-1', 'user-2')],
  ['another time', token.replace(String(issuedAt), String(issuedAt + 1))],
  ['a cut signature', token.slice(0, -1)],
  ['no signature', token.slice(0, token.lastIndexOf('.') + 1)],
  ['another version', token.replace('v1', 'v2')],
  ['more behind it', `${token}.x`],
  ['nothing', ''],
])('refuses a token with %s', (_, forged) => {
  expect(read(forged)).toBeUndefined()
})

it('refuses a token of another secret, of the future, and one that has run out', () => {
  expect(read(token, { secret: 'another secret of thirty-two characters' })).toBeUndefined()
  expect(read(token, { now: issuedAt - 60_001 })).toBeUndefined()
  expect(read(token, { now: issuedAt + sessionSecondsMax * 1000 })).toBeUndefined()
})

it('takes a token from an instance whose clock is a little ahead', () => {
  expect(read(token, { now: issuedAt - 5000 })).toMatchObject({ userId: 'user-1' })
})
