import { z } from 'zod'
import { changeParameters, loadChatSettings } from '@/server/chat/chat-settings'
import { chatParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { parametersChangeSchema } from '@/shared/models/parameters-schema'

const changeSchema = z.strictObject({ parameters: parametersChangeSchema })

type Params = { chatId: string }

export const GET = route<Params>(async ({ services, userId, params }) =>
  json(await loadChatSettings({ services, userId, ...chatParams(params) })),
)

export const PATCH = route<Params>(async ({ request, services, userId, params }) => {
  const { parameters } = await parseBody(request, changeSchema)
  return json(await changeParameters({ services, userId, ...chatParams(params), parameters }))
})
