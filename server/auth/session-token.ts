import 'server-only'
import { createHmac, timingSafeEqual } from 'node:crypto'

export type Session = { userId: string; issuedAt: number }

/** Browsers keep no cookie for longer (RFC 6265bis § 5.5). */
export const sessionSecondsMax = 400 * 24 * 60 * 60

/** How far the clocks of two instances may differ: a cookie that one has just set must hold at the other. */
const clockSkewMs = 60_000

/** `v1.<user id>.<issued, ms>.<HMAC-SHA-256>`: says who the guest is, and cannot be made without the secret. */
export function createSessionToken({ userId, issuedAt }: Session, secret: string): string {
  const content = `v1.${userId}.${issuedAt}`
  return `${content}.${sign(content, secret)}`
}

/** The session of a token that we signed and that has not run out. */
export function readSessionToken(
  token: string,
  { secret, now }: { secret: string; now: number },
): Session | undefined {
  const [version, userId, issued, signature, ...rest] = token.split('.')
  if (version !== 'v1' || !userId || !issued || !signature || rest.length > 0) return undefined
  if (!isSame(signature, sign(`${version}.${userId}.${issued}`, secret))) return undefined
  const issuedAt = Number(issued)
  return issuedAt <= now + clockSkewMs && now < issuedAt + sessionSecondsMax * 1000
    ? { userId, issuedAt }
    : undefined
}

function sign(content: string, secret: string): string {
  return createHmac('sha256', secret).update(content).digest('base64url')
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
