'use client'

import { useTranslations } from 'next-intl'
import { useUserSettings } from '@/client/settings/use-user-settings'
import { userSettings } from '@/client/settings/user-settings'
import { instructionsLengthMax } from '@/shared/settings/limits'
import { Switch, TextField } from './fields'

/** What every model is told before a conversation. */
export function InstructionSettings() {
  const t = useTranslations('settingsDialog')
  const { instructionsOn, aboutUser, answerStyle } = useUserSettings()
  const counter = (text: string) => t('counter', { count: text.length, max: instructionsLengthMax })
  return (
    <>
      <Switch
        label={t('instructions')}
        hint={t('instructionsHint')}
        on={instructionsOn}
        set={(on) => userSettings.change({ instructionsOn: on })}
      />
      <TextField
        label={t('aboutUser')}
        placeholder={t('aboutUserExample')}
        value={aboutUser}
        lengthMax={instructionsLengthMax}
        counter={counter(aboutUser)}
        write={(text) => userSettings.type({ aboutUser: text })}
        leave={userSettings.flush}
      />
      <TextField
        label={t('answerStyle')}
        placeholder={t('answerStyleExample')}
        value={answerStyle}
        lengthMax={instructionsLengthMax}
        counter={counter(answerStyle)}
        write={(text) => userSettings.type({ answerStyle: text })}
        leave={userSettings.flush}
      />
    </>
  )
}
