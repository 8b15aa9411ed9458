import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '@/shared/errors/app-error'
import type { Metrics } from './metrics'

export type MetricsResponseOptions = {
  request: Request
  /** The token to ask for. Without one there are no metrics to be had. */
  token: string | undefined
  metrics: () => Promise<Pick<Metrics, 'expose'>>
}

/** The metrics for whoever has the token. Throws `AppError` for everybody else. */
export async function metricsResponse({
  request,
  token,
  metrics,
}: MetricsResponseOptions): Promise<Response> {
  if (!token) throw new AppError('not-found', 'There is no such page.')
  if (!isSame(request.headers.get('authorization') ?? '', `Bearer ${token}`))
    throw new AppError('unauthenticated', 'Send METRICS_TOKEN as “authorization: Bearer …”.')
  const { contentType, text } = await (await metrics()).expose()
  return new Response(text, {
    headers: { 'content-type': contentType, 'cache-control': 'no-store' },
  })
}

/** Takes as long for a near miss as for a far one, whatever the lengths. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
