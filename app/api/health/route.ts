import { readSetup } from '@/server/deployment'
import { env } from '@/server/env'
import { readHealth } from '@/server/health/read-health'
import { json } from '@/server/http/route'
import { services } from '@/server/services'

/**
 * For load balancers and people: 200 while requests should be sent here, 503 otherwise; `?live=1` is 200 while the
 * process lives. Any host and anybody may ask: probes come by address, and nothing here is secret.
 */
export async function GET(request: Request): Promise<Response> {
  if (new URL(request.url).searchParams.get('live') === '1')
    return json({ status: 'ok', live: true })
  const { mistakes } = readSetup()
  if (mistakes.length > 0) return json(unusable(mistakes), { status: 503 })
  const health = await readHealth(env(), services)
  return json(health, { status: health.ready ? 200 : 503 })
}

/** Where a mistake in a setting does not end the process, it ends everything else. */
function unusable(missing: string[]) {
  return { status: 'unavailable', live: true, ready: false, missing }
}
