import { endSessions } from '@/server/auth/session-end'
import { clearedCookie } from '@/server/auth/session-cookie'
import { isHttps } from '@/server/http/is-https'
import { route } from '@/server/http/route'

/** Ends the user's sessions everywhere. This browser is a new guest from its next page on. */
export const DELETE = route(async ({ request, services, session }) => {
  await endSessions(services, session)
  return new Response(null, {
    status: 204,
    headers: {
      'set-cookie': clearedCookie({ secure: isHttps(request) }),
      // What this browser keeps of the user: drafts, and what it would show without a network.
      'clear-site-data': '"storage"',
    },
  })
})
