'use client'

import { createContext } from 'react'
import type { UserSettings } from '@/shared/settings/user-settings'

/** The settings that the page was drawn with. */
export const SettingsSeed = createContext<UserSettings | undefined>(undefined)
