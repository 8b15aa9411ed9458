import { z } from 'zod'
import { requireFolder } from '@/server/chat/change-folders'
import { listChats } from '@/server/chat/list-chats'
import { parseQuery } from '@/server/http/parse-query'
import { json, route } from '@/server/http/route'
import { idSchema } from '@/shared/chat/ids'
import { shelves } from '@/shared/chat/shelf'

const pageQuerySchema = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
  pinned: z.literal('1').optional(),
  archived: z.literal('1').optional(),
  /** Empty for the chats in no folder. */
  folder: z.union([idSchema, z.literal('')]).optional(),
})

export const GET = route(async ({ request, services, userId }) => {
  const { cursor, limit, ...where } = parseQuery(request, pageQuerySchema)
  if (where.folder) await requireFolder({ services, userId, folderId: where.folder })
  return json(await listChats({ services, userId, limit, cursor, shelf: shelfAsked(where) }))
})

function shelfAsked({
  pinned,
  archived,
  folder,
}: Omit<z.output<typeof pageQuerySchema>, 'cursor' | 'limit'>): string | undefined {
  if (archived) return shelves.archived
  if (pinned) return shelves.pinned
  return folder === '' ? shelves.list : folder
}
