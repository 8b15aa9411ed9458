import 'server-only'
import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { localeOf } from '@/shared/i18n/locales'
import { timeZoneOf } from '@/shared/i18n/time-zone'
import { shownSettings } from '../user-settings/shown-settings'
import { messagesOf } from './generated/messages'
import { isPseudo, pseudoMessages } from './pseudo-language'

export default getRequestConfig(async () => {
  const [chosen, cookieStore, headerList] = await Promise.all([
    shownSettings(),
    cookies(),
    headers(),
  ])
  const wanted =
    chosen.locale ?? localeOf(cookieStore.get('locale')?.value, headerList.get('accept-language'))
  const locale = isPseudo() ? 'en' : wanted
  return {
    locale,
    messages: isPseudo() ? pseudoMessages(messagesOf.en) : messagesOf[locale],
    now: new Date(),
    timeZone: timeZoneOf(cookieStore.get('timezone')?.value),
  }
})
