import { z } from 'zod'
import { arrangeChats } from '@/server/chat/change-chat'
import { arrangementShape } from '@/server/http/chat-change'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { batchMax } from '@/shared/chat/batch'
import { idSchema } from '@/shared/chat/ids'

const batchSchema = z.strictObject({
  ids: z.array(idSchema).min(1).max(batchMax),
  change: z
    .strictObject({ ...arrangementShape, removed: z.boolean().optional() })
    .refine((change) => Object.keys(change).length > 0, 'must name what to change'),
})

export const POST = route(async ({ request, services, userId }) => {
  const { ids: chatIds, change: arrangement } = await parseBody(request, batchSchema)
  return json({ chats: await arrangeChats({ services, userId, chatIds, arrangement }) })
})
