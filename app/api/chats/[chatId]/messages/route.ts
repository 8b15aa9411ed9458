import { z } from 'zod'
import { loadEarlierMessages } from '@/server/chat/load-earlier-messages'
import { chatParams } from '@/server/http/chat-params'
import { parseQuery } from '@/server/http/parse-query'
import { json, route } from '@/server/http/route'
import { messagesPerPageMax } from '@/shared/chat/message-page'
import { idSchema } from '@/shared/chat/ids'

const pageQuerySchema = z.strictObject({
  before: idSchema,
  limit: z.coerce.number().int().min(1).max(messagesPerPageMax).optional(),
})

export const GET = route<{ chatId: string }>(async ({ request, services, userId, params }) => {
  const { before, limit } = parseQuery(request, pageQuerySchema)
  const end = { ...chatParams(params), before, ...(limit && { limit }) }
  return json(await loadEarlierMessages({ services, userId, ...end }))
})
