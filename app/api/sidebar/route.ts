import { z } from 'zod'
import { loadSidebar } from '@/server/chat/list-chats'
import { parseQuery } from '@/server/http/parse-query'
import { json, route } from '@/server/http/route'
import { openFolderIdsOf } from '@/shared/chat/open-folders'

const querySchema = z.strictObject({ open: z.string().max(2_000).optional() })

export const GET = route(async ({ request, services, userId }) => {
  const { open } = parseQuery(request, querySchema)
  return json(await loadSidebar({ services, userId, openFolderIds: openFolderIdsOf(open) }))
})
