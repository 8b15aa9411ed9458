import { z } from 'zod'
import { holdTemporaryChat } from '@/server/chat/temporary-chats'
import { chatParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { route } from '@/server/http/route'

const holdSchema = z.strictObject({ left: z.boolean().default(false) })

/** A page shows a temporary chat, or has been left. */
export const POST = route<{ chatId: string }>(async ({ request, services, userId, params }) => {
  const { left } = await parseBody(request, holdSchema)
  await holdTemporaryChat({ services, userId, ...chatParams(params), isLeft: left })
  return new Response(null, { status: 204 })
})
