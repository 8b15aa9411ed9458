import { after } from 'next/server'
import { followRun } from '@/server/chat/follow-run'
import { startRun } from '@/server/chat/start-run'
import { parseBody } from '@/server/http/parse-body'
import { route } from '@/server/http/route'
import { chatRequestSchema } from '@/shared/chat/chat-request'

/** Starts a run and answers with its stream. The run outlives the request; `after` lets the platform wait for it. */
export const POST = route(async ({ request, services, session, userId }) => {
  const { run, finished } = await startRun({
    services,
    userId,
    request: await parseBody(request, chatRequestSchema),
  })
  after(finished)
  return followRun({ services, session, run, after: 0, signal: request.signal })
})
