import { randomBytes } from 'node:crypto'
import { NextResponse, type NextRequest } from 'next/server'
import { cookieToSet, sessionCookie } from '@/server/auth/session-cookie'
import { sessionHolds } from '@/server/auth/session-end'
import { readSetup } from '@/server/deployment'
import { contentSecurityPolicy } from '@/server/http/content-security-policy'
import { isAllowedHost } from '@/server/http/guard-request'
import { isHttps } from '@/server/http/is-https'
import { env } from '@/server/env'
import { log } from '@/server/log'
import { openedServices } from '@/server/opened-services'

/** Before each page: the guest's session, and a content security policy with a nonce of its own. API routes guard themselves. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (!readSetup().ready) return setupPage(request)
  if (!isAllowedHost(request.headers.get('host'), env())) {
    return new NextResponse(
      'This server does not answer to that host name. Add it to ALLOWED_HOSTS.',
      { status: 421 },
    )
  }
  const cookie = await cookieFor(request)
  if (cookie) request.cookies.set(cookie.name, cookie.value)
  const { headers, policy } = securedHeaders(request, env())
  if (cookie) headers.set('cookie', request.cookies.toString())
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  if (cookie) response.cookies.set(cookie)
  return response
}

/** While the database cannot be asked whether a session holds, no cookie is renewed; pages and requests ask again. */
async function cookieFor(request: NextRequest) {
  try {
    return await cookieToSet(request.cookies.get(sessionCookie)?.value, {
      secure: isHttps(request),
      holds: async (session) => sessionHolds(await openedServices(), session),
    })
  } catch (error) {
    log.warn('A session could not be checked.', { error })
    return undefined
  }
}

/** In the place of every page, under its own address, until there are settings with which anything can be kept. */
function setupPage(request: NextRequest): NextResponse {
  const { headers, policy } = securedHeaders(request, { production: true })
  const address = request.nextUrl.clone()
  address.pathname = '/setup'
  // Listening on 127.0.0.1, Next takes its own name for another server's and asks itself once more.
  const response =
    request.nextUrl.pathname === address.pathname
      ? NextResponse.next({ request: { headers } })
      : NextResponse.rewrite(address, { request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

function securedHeaders(request: NextRequest, { production }: { production: boolean }) {
  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy({ nonce, production })
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  return { headers, policy }
}

export const config = {
  matcher: [
    '/((?!api/|diagram/|_next/static|_next/image|icon|apple-icon|favicon|fonts/|sw\\.js|manifest/).*)',
  ],
}
