import { attachToRun } from '@/server/chat/attach-to-run'
import { followRun } from '@/server/chat/follow-run'
import { route } from '@/server/http/route'
import { answerIdOf, chatParams, lastEventIdOf } from '@/server/http/chat-params'

/** Attaches to the chat's active run, or to that of the answer that the query names; 204 when there is nothing to follow, at which a native `EventSource` stops. */
export const GET = route<{ chatId: string }>(async ({ request, services, session, params }) => {
  const attachment = await attachToRun({
    services,
    userId: session.userId,
    ...chatParams(params),
    answerId: answerIdOf(request),
    lastEventId: lastEventIdOf(request),
  })
  if (!attachment) return new Response(null, { status: 204 })
  return followRun({ services, session, ...attachment, signal: request.signal })
})
