import 'server-only'
import { cookies } from 'next/headers'
import { cache } from 'react'
import { defaultSettings } from '@/shared/settings/default-settings'
import type { UserSettings } from '@/shared/settings/user-settings'
import { currentUser } from '../auth/current-user'
import { readSetup } from '../deployment'
import { log } from '../log'
import { services } from '../services'
import { loadSettings } from './change-settings'

/**
 * The settings that this page is drawn with, asked for once a request. Without a database, or a user, those are the
 * defaults, and the cookies of client/preferences say the rest: a page that tells of a fault needs no settings.
 */
export const shownSettings = cache(async (): Promise<UserSettings> => {
  // Outside of what is caught: by what it throws while building, Next knows that a page is drawn for each request.
  await cookies()
  if (!readSetup().ready) return defaultSettings
  try {
    const [user, available] = await Promise.all([currentUser(), services()])
    return user ? await loadSettings({ services: available, userId: user.userId }) : defaultSettings
  } catch (error) {
    log.warn('A page was drawn without the settings of its user.', { error })
    return defaultSettings
  }
})
