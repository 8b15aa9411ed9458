import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import type { Env } from '../env'
import { isLoopback } from '../loopback'

type Guarded = Pick<Env, 'ALLOWED_HOSTS' | 'HOST'>

/**
 * Refuses what no page of ours would send: a Host that is not ours (DNS rebinding), and a changing request that another
 * site made the browser send, or whose body a plain form could have sent.
 */
export function guardRequest(request: Request, settings: Guarded): void {
  if (!isAllowedHost(request.headers.get('host'), settings)) {
    throw new AppError(
      'wrong-host',
      'This server does not answer to that host name. Add it to ALLOWED_HOSTS.',
    )
  }
  if (request.method === 'GET' || request.method === 'HEAD') return
  if (isCrossSite(request.headers)) {
    throw new AppError(
      'cross-site-request',
      'Requests that change something must come from this site.',
    )
  }
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new AppError('unsupported-media-type', 'Send the body as content-type: application/json.')
  }
}

/** On loopback only loopback names are ours: any other reached us through a name that somebody else controls. */
export function isAllowedHost(host: string | null, { ALLOWED_HOSTS, HOST }: Guarded): boolean {
  if (!host) return false
  const name = host.replace(/:[0-9]+$/, '').toLowerCase()
  if (ALLOWED_HOSTS) return ALLOWED_HOSTS.includes(name)
  return !isLoopback(HOST) || isLoopback(name)
}

function isCrossSite(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site && site !== 'same-origin' && site !== 'none') return true
  const origin = headers.get('origin')
  return origin !== null && !isOwnOrigin(origin, headers.get('host'))
}

function isOwnOrigin(origin: string, host: string | null): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
