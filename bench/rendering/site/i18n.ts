import { getRequestConfig } from 'next-intl/server'
import messages from '@/shared/i18n/en.json'

export default getRequestConfig(() => ({ locale: 'en', messages, timeZone: 'UTC' }))
