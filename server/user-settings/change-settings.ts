import 'server-only'
import type { SettingsChange, UserSettings } from '@/shared/settings/user-settings'
import type { Services } from '../services'

type OwnSettings = { services: Pick<Services, 'db' | 'liveEvents' | 'now'>; userId: string }

/** What the user chose; defaults for the rest. */
export function loadSettings({
  services,
  userId,
}: Pick<OwnSettings, 'userId'> & { services: Pick<Services, 'db'> }): Promise<UserSettings> {
  return services.db.userSettings.get({ userId })
}

/** Stores what the change names, tells the user's other tabs and devices, and answers all settings as they are then. */
export async function changeSettings({
  services,
  userId,
  values,
}: OwnSettings & { values: SettingsChange }): Promise<UserSettings> {
  await services.db.userSettings.change({ userId, values, now: services.now() })
  services.liveEvents.publish(userId, { type: 'settings-changed' })
  return loadSettings({ services, userId })
}
