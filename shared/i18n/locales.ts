/** The languages of the interface, the first being the one to fall back on. */
export const locales = ['en', 'zh-CN'] as const
export type Locale = (typeof locales)[number]

/** Each language by its own name, as its readers look for it. */
export const localeNames: Record<Locale, string> = { en: 'English', 'zh-CN': '简体中文' }

export function isLocale(text: string | undefined): text is Locale {
  return locales.some((locale) => locale === text)
}

/** The language to show: the one chosen before, else the first of `Accept-Language` that is here. */
export function localeOf(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen
  for (const tag of preferredTags(acceptLanguage ?? '')) {
    if (/^zh\b/i.test(tag)) return 'zh-CN'
    if (/^en\b/i.test(tag)) return 'en'
  }
  return locales[0]
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
