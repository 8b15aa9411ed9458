import { z } from 'zod'
import { createFolder } from '@/server/chat/change-folders'
import { folderNameSchema } from '@/server/http/chat-change'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { idSchema } from '@/shared/chat/ids'

const createSchema = z.strictObject({ id: idSchema, name: folderNameSchema })

export const GET = route(async ({ services, userId }) =>
  json({ folders: await services.db.folders.list({ userId }) }),
)

export const POST = route(async ({ request, services, userId }) => {
  const { id: folderId, name } = await parseBody(request, createSchema)
  return json({ folders: await createFolder({ services, userId, folderId, name }) })
})
