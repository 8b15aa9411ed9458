import { followLiveEvents } from '@/server/chat/follow-live-events'
import { route } from '@/server/http/route'

export const GET = route(({ request, services, userId }) =>
  Promise.resolve(followLiveEvents({ services, userId, signal: request.signal })),
)

export const maxDuration = 300
