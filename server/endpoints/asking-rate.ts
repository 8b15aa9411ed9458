import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import type { Services } from '../services'

type OfUser = { services: Pick<Services, 'rateLimiter'>; userId: string }

/** Enough for corrections one after the other; too few to find out what answers where. */
const rate = { atOnce: 10, everyMs: 6_000 }

/** Before an address is asked that somebody has just entered. */
export async function countTry({ services, userId }: OfUser): Promise<void> {
  const waitMs = await services.rateLimiter.take(`endpoint-try:${userId}`, rate)
  if (waitMs === 0) return
  const retryAfterSeconds = Math.ceil(waitMs / 1_000)
  throw new AppError(
    'rate-limited',
    `Too many endpoints were tried out one after the other. Try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  )
}

/** Whether the saved ones may be asked again; what they said last is shown otherwise. */
export async function mayRescan({ services, userId }: OfUser): Promise<boolean> {
  return (await services.rateLimiter.take(`endpoint-rescan:${userId}`, rate)) === 0
}
