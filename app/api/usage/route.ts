import { cookies } from 'next/headers'
import { z } from 'zod'
import { parseQuery } from '@/server/http/parse-query'
import { json, route } from '@/server/http/route'
import { reportUsage, type UsageQuestion } from '@/server/usage/report-usage'
import { idSchema } from '@/shared/chat/ids'
import { timeZoneOf } from '@/shared/i18n/time-zone'
import { AppError } from '@/shared/errors/app-error'

const usageQuerySchema = z.strictObject({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11')
    .optional(),
  chat: z.optional(idSchema),
  run: z.optional(idSchema),
})

export const GET = route(async ({ request, services, userId }) => {
  const of = await questionOf(parseQuery(request, usageQuerySchema))
  return json(await reportUsage({ services, userId, of }))
})

async function questionOf({
  month,
  chat,
  run,
}: z.infer<typeof usageQuerySchema>): Promise<UsageQuestion> {
  if ([month, chat, run].filter((name) => name !== undefined).length !== 1)
    throw new AppError('invalid-request', 'Name one of these: a month, a chat, or a run.')
  if (run !== undefined) return { runId: run }
  if (chat !== undefined) return { chatId: chat }
  return { month: month ?? '', timeZone: timeZoneOf((await cookies()).get('timezone')?.value) }
}
