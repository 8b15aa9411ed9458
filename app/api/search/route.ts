import { z } from 'zod'
import { searchChats } from '@/server/chat/search-chats'
import { parseQuery } from '@/server/http/parse-query'
import { json, route } from '@/server/http/route'
import { parseModelName } from '@/shared/models/model-ref'
import { idSchema } from '@/shared/chat/ids'
import { modelRefSchema } from '@/shared/models/model-catalog'
import { queryLengthMax } from '@/shared/search/search-query'

const time = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

const searchQuerySchema = z.strictObject({
  q: z.string().max(queryLengthMax, `must have at most ${queryLengthMax} characters`),
  from: time.optional(),
  to: time.optional(),
  model: z.string().transform(parseModelName).pipe(modelRefSchema).optional(),
  role: z.enum(['user', 'assistant']).optional(),
  folder: z.optional(idSchema),
  cursor: z.string().max(20).optional(),
  limit: z.coerce.number().int().min(1).max(50).optional(),
})

export const GET = route(async ({ request, services, userId }) => {
  const { q, folder, ...filter } = parseQuery(request, searchQuerySchema)
  return json(await searchChats({ services, userId, query: q, folderId: folder, ...filter }))
})
