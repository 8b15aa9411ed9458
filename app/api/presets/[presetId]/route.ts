import { libraryParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { presetLibrary as library, putItem, removeItem } from '@/server/library/change-library'
import { presetContentSchema } from '@/shared/presets/preset'

type Params = { presetId: string }

export const PUT = route<Params>(async ({ request, services, userId, params }) => {
  const { id } = libraryParams(params.presetId)
  const content = await parseBody(request, presetContentSchema)
  return json({ presets: await putItem({ services, userId, library, item: { id, ...content } }) })
})

export const DELETE = route<Params>(async ({ services, userId, params }) => {
  const { id } = libraryParams(params.presetId)
  return json({ presets: await removeItem({ services, userId, library, id }) })
})
