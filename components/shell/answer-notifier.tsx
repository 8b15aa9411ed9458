'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent } from 'react'
import { followNotifications } from '@/client/notifications/follow-notifications'
import { type ShownAnswer, watchAnswers } from '@/client/notifications/watch-answers'

/** Notifications of answers that nobody has looked at, in the words of the page. */
export function AnswerNotifier() {
  const t = useTranslations('notifications')
  const say = useEffectEvent(({ chatTitle, words }: ShownAnswer) => ({
    title: t('ready'),
    body: words ? `${chatTitle}\n${words}` : chatTitle,
    lang: document.documentElement.lang,
  }))
  useEffect(() => watchAnswers((answer) => say(answer)), [])
  useEffect(followNotifications, [])
  return null
}
