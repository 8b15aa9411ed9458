import { z } from 'zod'
import { listModels } from '@/server/catalog/list-models'
import { parseQuery } from '@/server/http/parse-query'
import { json, route } from '@/server/http/route'

const modelsQuerySchema = z.strictObject({ rescan: z.literal('1').optional() })

export const GET = route(async ({ request, services, userId }) => {
  const { rescan } = parseQuery(request, modelsQuerySchema)
  return json(await listModels({ services, userId, rescan: rescan === '1' }))
})
