import { removeBranch } from '@/server/chat/branches'
import { messageParams } from '@/server/http/chat-params'
import { json, route } from '@/server/http/route'

type Params = { chatId: string; messageId: string }

export const DELETE = route<Params>(async ({ services, userId, params }) =>
  json(await removeBranch({ services, userId, ...messageParams(params) })),
)
