import { z } from 'zod'
import { stopRun } from '@/server/chat/stop-run'
import { chatParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { idSchema } from '@/shared/chat/ids'

const stopRequestSchema = z.strictObject({ runId: idSchema })

export const POST = route<{ chatId: string }>(async ({ request, services, userId, params }) => {
  const { runId } = await parseBody(request, stopRequestSchema)
  return json({ stopped: await stopRun({ services, userId, ...chatParams(params), runId }) })
})
