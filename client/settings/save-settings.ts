import type { SettingsChange } from '@/shared/settings/user-settings'

/** Changes settings from where no store of them is loaded. What could not be saved counts in this tab alone. */
export function saveSettings(change: SettingsChange): void {
  void import('./user-settings')
    .then(({ userSettings }) => userSettings.change(change))
    .catch(() => undefined)
}
