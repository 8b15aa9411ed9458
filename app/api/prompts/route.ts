import { json, route } from '@/server/http/route'

export const GET = route(async ({ services, userId }) =>
  json({ prompts: await services.db.prompts.list({ userId }) }),
)
