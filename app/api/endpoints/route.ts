import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { addEndpoint, loadEndpoints } from '@/server/endpoints/change-endpoints'
import { newEndpointSchema } from '@/shared/models/own-endpoint'

export const GET = route(async ({ services, userId }) =>
  json(await loadEndpoints({ services, userId })),
)

export const POST = route(async ({ request, services, userId }) => {
  const given = await parseBody(request, newEndpointSchema)
  return json(await addEndpoint({ services, userId, given }))
})
