import { z } from 'zod'
import { selectBranch } from '@/server/chat/branches'
import { chatParams } from '@/server/http/chat-params'
import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { idSchema } from '@/shared/chat/ids'

const branchSchema = z.strictObject({ messageId: idSchema })

export const POST = route<{ chatId: string }>(async ({ request, services, userId, params }) => {
  const { messageId } = await parseBody(request, branchSchema)
  return json(await selectBranch({ services, userId, ...chatParams(params), messageId }))
})
