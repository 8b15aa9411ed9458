'use client'

import { use, useSyncExternalStore } from 'react'
import { isBrowser } from '../browser/browser-environment'
import { defaultSettings } from '@/shared/settings/default-settings'
import type { UserSettings } from '@/shared/settings/user-settings'
import { SettingsSeed } from './settings-seed'
import type { Saving } from './settings-store'
import { userSettings } from './user-settings'

/** What the user chose, as it stands in this tab. */
export function useUserSettings(): UserSettings {
  const seed = use(SettingsSeed) ?? defaultSettings
  if (isBrowser) userSettings.seed(seed)
  return useSyncExternalStore(
    userSettings.subscribe,
    () => userSettings.getSnapshot().settings ?? seed,
    () => seed,
  )
}

const none: Saving = { status: 'none' }

export function useSettingsSaving(): Saving {
  return useSyncExternalStore(
    userSettings.subscribe,
    () => userSettings.getSnapshot().saving,
    () => none,
  )
}
