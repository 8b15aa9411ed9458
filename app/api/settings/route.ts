import { parseBody } from '@/server/http/parse-body'
import { json, route } from '@/server/http/route'
import { changeSettings, loadSettings } from '@/server/user-settings/change-settings'
import { settingsChangeSchema } from '@/shared/settings/user-settings'

export const GET = route(async ({ services, userId }) =>
  json(await loadSettings({ services, userId })),
)

export const PATCH = route(async ({ request, services, userId }) => {
  const values = await parseBody(request, settingsChangeSchema)
  return json(await changeSettings({ services, userId, values }))
})
