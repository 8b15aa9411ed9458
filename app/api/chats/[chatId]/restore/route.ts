import { restoreChat } from '@/server/chat/change-chat'
import { chatParams } from '@/server/http/chat-params'
import { json, route } from '@/server/http/route'

export const POST = route<{ chatId: string }>(async ({ services, userId, params }) =>
  json(await restoreChat({ services, userId, ...chatParams(params) })),
)
