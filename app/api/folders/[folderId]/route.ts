import { z } from 'zod'
import { changeFolder, removeFolder } from '@/server/chat/change-folders'
import { folderNameSchema } from '@/server/http/chat-change'
import { folderParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { foldersMax } from '@/shared/chat/batch'

const changeSchema = z.strictObject({
  name: folderNameSchema.optional(),
  position: z.number().int().min(0).max(foldersMax).optional(),
})

type Params = { folderId: string }

export const PATCH = route<Params>(async ({ request, services, userId, params }) => {
  const change = await parseBody(request, changeSchema)
  return json({
    folders: await changeFolder({ services, userId, ...folderParams(params), ...change }),
  })
})

export const DELETE = route<Params>(async ({ services, userId, params }) =>
  json({ folders: await removeFolder({ services, userId, ...folderParams(params) }) }),
)
