import { z } from 'zod'
import { listChats } from '@/server/chat/list-chats'
import { parseQuery } from '@/server/http/parse-query'
import { json, route } from '@/server/http/route'

const pageQuerySchema = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
})

export const GET = route(async ({ request, services, userId }) => {
  const { cursor, limit } = parseQuery(request, pageQuerySchema)
  return json(
    await listChats({ services, userId, ...(cursor && { cursor }), ...(limit && { limit }) }),
  )
})
