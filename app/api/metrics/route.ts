import { randomUUID } from 'node:crypto'
import { env } from '@/server/env'
import { problemResponse } from '@/server/http/problem-response'
import { metricsResponse } from '@/server/metrics/metrics-response'
import { services } from '@/server/services'

/** For Prometheus, which has a token in the place of a session and comes by any host name. */
export async function GET(request: Request): Promise<Response> {
  try {
    const { METRICS_TOKEN: token } = env()
    return await metricsResponse({
      request,
      token,
      metrics: async () => (await services()).metrics,
    })
  } catch (error) {
    return problemResponse(error, randomUUID())
  }
}
