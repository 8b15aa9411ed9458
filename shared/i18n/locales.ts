import { localeTable } from './generated/locale-table'

export type Locale = keyof typeof localeTable

/** The languages of the interface, the first being the one to fall back on. */
export const locales = Object.keys(localeTable).filter(isLocale)

export function isLocale(text: string | undefined): text is Locale {
  return text !== undefined && Object.hasOwn(localeTable, text)
}

/** A language by its own name, as its readers look for it. */
export function localeName(locale: Locale): string {
  return localeTable[locale].name
}

export type Direction = 'ltr' | 'rtl'

export function directionOf(locale: Locale): Direction {
  return localeTable[locale].direction
}

/** The language to show: the one chosen before, else the first of `Accept-Language` that is here. */
export function localeOf(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen
  for (const tag of preferredTags(acceptLanguage ?? '')) {
    const found = closestTo(tag.toLowerCase())
    if (found) return found
  }
  return 'en'
}

/** The very language, else one that is written for other countries: whoever reads zh-TW reads zh-CN rather than English. */
function closestTo(tag: string): Locale | undefined {
  const languageOf = (locale: string) => locale.toLowerCase().split('-', 1)[0]
  return (
    locales.find((locale) => locale.toLowerCase() === tag) ??
    locales.find((locale) => languageOf(locale) === languageOf(tag))
  )
}

function preferredTags(acceptLanguage: string): string[] {
  return acceptLanguage
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim())
      const quality = parameters.find((parameter) => parameter.startsWith('q='))
      return { tag, quality: quality ? Number(quality.slice(2)) || 0 : 1 }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .toSorted((left, right) => right.quality - left.quality)
    .map(({ tag }) => tag)
}
