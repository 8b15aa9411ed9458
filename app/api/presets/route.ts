import { json, route } from '@/server/http/route'

export const GET = route(async ({ services, userId }) =>
  json({ presets: await services.db.presets.list({ userId }) }),
)
