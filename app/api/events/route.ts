import { followLiveEvents } from '@/server/chat/follow-live-events'
import { route } from '@/server/http/route'

export const GET = route(({ request, services, session }) =>
  Promise.resolve(followLiveEvents({ services, session, signal: request.signal })),
)
