import { z } from 'zod'
import { changeChat, removeChat } from '@/server/chat/change-chat'
import { loadAnswer, loadChat } from '@/server/chat/load-chat'
import { arrangementShape } from '@/server/http/chat-change'
import { answerIdOf, chatParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { titleLengthMax } from '@/shared/chat/title'
import { AppError } from '@/shared/errors/app-error'
import { modelRefSchema } from '@/shared/models/model-catalog'

const changeSchema = z.strictObject({
  title: z.string().trim().min(1).max(titleLengthMax).optional(),
  model: z.optional(modelRefSchema),
  ...arrangementShape,
})

type Params = { chatId: string }

export const GET = route<Params>(async ({ request, services, userId, params }) => {
  const own = { services, userId, ...chatParams(params) }
  const answerId = answerIdOf(request)
  const chat = answerId === undefined ? await loadChat(own) : await loadAnswer({ ...own, answerId })
  if (!chat) throw new AppError('not-found', 'There is no such chat.')
  return json(chat)
})

export const PATCH = route<Params>(async ({ request, services, userId, params }) => {
  const change = await parseBody(request, changeSchema)
  return json(await changeChat({ services, userId, ...chatParams(params), change }))
})

export const DELETE = route<Params>(async ({ services, userId, params }) => {
  await removeChat({ services, userId, ...chatParams(params) })
  return new Response(null, { status: 204 })
})
