import 'server-only'
import { type Direction, directionOf, type Locale } from '@/shared/i18n/locales'
import { isPseudo } from './pseudo-language'

/** Which way a page in this language runs. */
export function pageDirection(locale: Locale): Direction {
  return isPseudo() ? 'rtl' : directionOf(locale)
}
