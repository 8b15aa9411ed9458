'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import { codeWraps } from '@/client/preferences/code-wrap'
import { subscribeToRootSettings } from '@/client/preferences/root-settings'
import { useUserSettings } from '@/client/settings/use-user-settings'
import { userSettings } from '@/client/settings/user-settings'
import { localeName, locales } from '@/shared/i18n/locales'
import { Choice, Switch } from './fields'
import { NotificationSetting } from './notification-setting'

const { change } = userSettings

/** How the page looks, and how it is used. */
export function GeneralSettings() {
  const t = useTranslations('settingsDialog')
  const { textSize, density, sendKey, motion } = useUserSettings()
  const wraps = useSyncExternalStore(subscribeToRootSettings, codeWraps, () => false)
  return (
    <>
      <Choice
        label={t('language')}
        value={useLocale()}
        choices={locales.map((value) => ({ value, label: localeName(value), lang: value }))}
        choose={(locale) => change({ locale })}
      />
      <ThemeChoice />
      <Choice
        label={t('textSize')}
        value={textSize}
        choices={[
          { value: 'small', label: t('small') },
          { value: 'normal', label: t('normal') },
          { value: 'large', label: t('large') },
        ]}
        choose={(value) => change({ textSize: value })}
      />
      <Choice
        label={t('density')}
        hint={t('densityHint')}
        value={density}
        choices={[
          { value: 'comfortable', label: t('comfortable') },
          { value: 'compact', label: t('compact') },
        ]}
        choose={(value) => change({ density: value })}
      />
      <Choice
        label={t('sendKey')}
        hint={sendKey === 'enter' ? t('enterHint') : t('modifierHint')}
        value={sendKey}
        choices={[
          { value: 'enter', label: t('enter') },
          { value: 'mod-enter', label: t('modifierEnter') },
        ]}
        choose={(value) => change({ sendKey: value })}
      />
      <Choice
        label={t('motion')}
        hint={t('motionHint')}
        value={motion}
        choices={[
          { value: 'system', label: t('likeSystem') },
          { value: 'reduced', label: t('reduced') },
        ]}
        choose={(value) => change({ motion: value })}
      />
      <NotificationSetting />
      <Switch label={t('codeWrap')} on={wraps} set={(codeWrap) => change({ codeWrap })} />
    </>
  )
}

function ThemeChoice() {
  const t = useTranslations('settings')
  const { theme } = useTheme()
  return (
    <Choice
      label={t('theme')}
      value={theme === 'light' || theme === 'dark' ? theme : 'system'}
      choices={[
        { value: 'system', label: t('system') },
        { value: 'light', label: t('light') },
        { value: 'dark', label: t('dark') },
      ]}
      choose={(value) => change({ theme: value })}
    />
  )
}
