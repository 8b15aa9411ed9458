import { endpointParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { changeEndpoint, removeEndpoint } from '@/server/endpoints/change-endpoints'
import { endpointChangeSchema } from '@/shared/models/own-endpoint'

type Params = { endpointId: string }

export const PATCH = route<Params>(async ({ request, services, userId, params }) => {
  const change = await parseBody(request, endpointChangeSchema)
  return json(await changeEndpoint({ services, userId, ...endpointParams(params), change }))
})

export const DELETE = route<Params>(async ({ services, userId, params }) =>
  json(await removeEndpoint({ services, userId, ...endpointParams(params) })),
)
