import { after } from 'next/server'
import { sendQueuedNow } from '@/server/chat/queue'
import { queuedParams } from '@/server/http/chat-params'
import { json, route } from '@/server/http/route'

type Params = { chatId: string; messageId: string }

export const POST = route<Params>(async ({ services, userId, params }) => {
  const { queue, finished } = await sendQueuedNow({ services, userId, ...queuedParams(params) })
  if (finished) after(finished)
  return json({ queue })
})
