import 'server-only'
import type { EndpointPolicy } from '@/shared/models/own-endpoint'
import type { Env } from '../env'
import { isLoopback } from '../loopback'

type Given = Pick<Env, 'USER_ENDPOINTS' | 'HOST' | 'ALLOWED_HOSTS' | 'onVercel'>

/**
 * Whether users may bring endpoints along, and to which addresses (docs/decisions/025-own-endpoints.md). Unless it is set:
 * anywhere on a server that answers this machine alone, and not at all on any other.
 */
export function endpointPolicy({
  USER_ENDPOINTS,
  HOST,
  ALLOWED_HOSTS,
  onVercel,
}: Given): EndpointPolicy {
  if (USER_ENDPOINTS) return USER_ENDPOINTS
  return isLoopback(HOST) && !ALLOWED_HOSTS && !onVercel ? 'any' : 'off'
}
