'use client'

import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { notificationChoice } from '@/client/notifications/notification-choice'
import { Choice } from './fields'

/** The browser is asked when somebody chooses it, and not before. */
export function NotificationSetting() {
  const t = useTranslations('notifications')
  const { subscribe, get, choose, right } = notificationChoice
  const chosen = useSyncExternalStore(subscribe, get, () => 'off' as const)
  const allowed = useSyncExternalStore(subscribe, right, () => 'default' as const)
  return (
    <Choice
      label={t('label')}
      hint={hint()}
      value={chosen}
      choices={[
        { value: 'off', label: t('off') },
        { value: 'on', label: t('on') },
        { value: 'text', label: t('withText') },
      ]}
      choose={(value) => void choose(value)}
    />
  )

  function hint(): string {
    if (allowed === 'missing') return t('missing')
    return allowed === 'denied' ? t('denied') : t('hint')
  }
}
