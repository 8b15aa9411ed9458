// Written by scripts/write-locales.mjs from the languages in shared/i18n/.
import 'server-only'
import texts0 from '@/shared/i18n/en.json'
import texts1 from '@/shared/i18n/zh-CN.json'

export const messagesOf = {
  "en": texts0,
  "zh-CN": texts1,
}
