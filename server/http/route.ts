import 'server-only'
import { randomUUID } from 'node:crypto'
import { AppError } from '@/shared/errors/app-error'
import { currentUser } from '../auth/current-user'
import type { Session } from '../auth/session-token'
import { requireSetup } from '../deployment'
import { env } from '../env'
import { services, type Services } from '../services'
import { guardRequest } from './guard-request'
import { problemResponse } from './problem-response'

export type RouteContext<Params> = {
  request: Request
  services: Services
  session: Session
  userId: string
  params: Params
}

/**
 * Wraps an API handler with what each must do for itself: refuse foreign hosts and sites, know the user, and answer every
 * failure as a problem with a request id.
 */
export function route<Params extends Record<string, string> = Record<never, string>>(
  handle: (context: RouteContext<Params>) => Promise<Response>,
) {
  return async (request: Request, { params }: { params: Promise<Params> }): Promise<Response> => {
    const requestId = randomUUID()
    try {
      requireSetup()
      guardRequest(request, env())
      const session = await currentUser()
      if (!session)
        throw new AppError(
          'unauthenticated',
          'There is no session, or it was ended. Open a page of this site; it sets the cookie.',
        )
      return await handle({
        request,
        services: await services(),
        session,
        userId: session.userId,
        params: await params,
      })
    } catch (error) {
      return problemResponse(error, requestId)
    }
  }
}

export function json(body: unknown, { status = 200 }: { status?: number } = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
