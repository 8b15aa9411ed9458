import { restoreBranch } from '@/server/chat/branches'
import { messageParams } from '@/server/http/chat-params'
import { json, route } from '@/server/http/route'

type Params = { chatId: string; messageId: string }

export const POST = route<Params>(async ({ services, userId, params }) =>
  json(await restoreBranch({ services, userId, ...messageParams(params) })),
)
