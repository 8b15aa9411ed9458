import type { Locale } from '@/shared/i18n/locales'

const yearInSeconds = 31_536_000

/** What the server must know before it draws the first frame, so that nothing flashes: kept in cookies. */
export function rememberLocale(locale: Locale): void {
  setCookie('locale', locale)
}

export function rememberSidebarFolded(folded: boolean): void {
  setCookie('sidebar', folded ? 'folded' : 'open')
}

export function rememberCodeWrap(wrap: boolean): void {
  setCookie('code-wrap', wrap ? 'on' : 'off')
}

/** Tells the server the browser's time zone. Answers whether the server had drawn with another one. */
export function rememberTimeZone(shown: string): boolean {
  const own = new Intl.DateTimeFormat('en').resolvedOptions().timeZone
  if (own === shown || document.cookie.includes(`timezone=${encodeURIComponent(own)}`)) return false
  setCookie('timezone', own)
  return true
}

/** Kept for a year. */
export function setCookie(name: string, value: string): void {
  const secure = window.location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${yearInSeconds}; SameSite=Lax${secure}`
}
