import { z } from 'zod'
import { changeQueued, removeQueued } from '@/server/chat/queue'
import { queuedParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { modelRefSchema } from '@/shared/models/model-catalog'

const changeSchema = z.strictObject({
  text: z.string().optional(),
  model: z.optional(modelRefSchema),
  /** Counted from 0. */
  position: z.int().min(0).optional(),
})

type Params = { chatId: string; messageId: string }

export const PATCH = route<Params>(async ({ request, services, userId, params }) => {
  const change = await parseBody(request, changeSchema)
  return json(await changeQueued({ services, userId, ...queuedParams(params), ...change }))
})

export const DELETE = route<Params>(async ({ services, userId, params }) =>
  json(await removeQueued({ services, userId, ...queuedParams(params) })),
)
