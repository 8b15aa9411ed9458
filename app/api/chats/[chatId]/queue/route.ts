import { after } from 'next/server'
import { z } from 'zod'
import { loadQueue, queueMessage } from '@/server/chat/queue'
import { chatParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { idSchema } from '@/shared/chat/ids'
import { modelRefSchema } from '@/shared/models/model-catalog'

const queuedSchema = z.strictObject({
  id: idSchema,
  text: z.string(),
  model: z.optional(modelRefSchema),
})

type Params = { chatId: string }

export const GET = route<Params>(async ({ services, userId, params }) =>
  json({ queue: await loadQueue({ services, userId, ...chatParams(params) }) }),
)

export const POST = route<Params>(async ({ request, services, userId, params }) => {
  const message = await parseBody(request, queuedSchema)
  const { queue, finished } = await queueMessage({
    services,
    userId,
    ...chatParams(params),
    ...message,
  })
  if (finished) after(finished)
  return json({ queue })
})
