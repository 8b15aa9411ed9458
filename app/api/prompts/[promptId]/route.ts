import { libraryParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { promptLibrary as library, putItem, removeItem } from '@/server/library/change-library'
import { promptContentSchema } from '@/shared/presets/prompt'

type Params = { promptId: string }

export const PUT = route<Params>(async ({ request, services, userId, params }) => {
  const { id } = libraryParams(params.promptId)
  const content = await parseBody(request, promptContentSchema)
  return json({ prompts: await putItem({ services, userId, library, item: { id, ...content } }) })
})

export const DELETE = route<Params>(async ({ services, userId, params }) => {
  const { id } = libraryParams(params.promptId)
  return json({ prompts: await removeItem({ services, userId, library, id }) })
})
