import 'server-only'
import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { localeOf } from '@/shared/i18n/locales'
import { timeZoneOf } from '@/shared/i18n/time-zone'
import en from '@/shared/i18n/en.json'
import zhCN from '@/shared/i18n/zh-CN.json'
import { shownSettings } from '../user-settings/shown-settings'

const messagesOf = { en, 'zh-CN': zhCN }

export default getRequestConfig(async () => {
  const [chosen, cookieStore, headerList] = await Promise.all([
    shownSettings(),
    cookies(),
    headers(),
  ])
  const locale =
    chosen.locale ?? localeOf(cookieStore.get('locale')?.value, headerList.get('accept-language'))
  return {
    locale,
    messages: messagesOf[locale],
    now: new Date(),
    timeZone: timeZoneOf(cookieStore.get('timezone')?.value),
  }
})
