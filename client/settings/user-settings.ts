import type { SettingsChange, UserSettings } from '@/shared/settings/user-settings'
import { browserFetch, requestJson } from '../api/http'
import { browserTimers } from '../stream/timers'
import { createSettingsStore } from './settings-store'
import { showLanguage, showSettings } from './show-settings'

const path = '/api/settings'
const schema = async () => (await import('@/shared/settings/user-settings')).userSettingsSchema

/** The settings of this tab's user. Loaded when somebody looks at them or changes one, not with the page. */
export const userSettings = createSettingsStore<UserSettings, SettingsChange>({
  load: () => requestJson(browserFetch, path, { schema }),
  save: (body) => requestJson(browserFetch, path, { schema, method: 'PATCH', body }),
  show: showSettings,
  onStored: showLanguage,
  timers: browserTimers,
})
