import { isLocale } from '@/shared/i18n/locales'
import type { UserSettings } from '@/shared/settings/user-settings'
import { browserKeptValues } from '../browser/kept-values'
import { showCodeWrap } from '../preferences/code-wrap'
import { drawAgain } from '../preferences/draw-again'
import { rememberLocale } from '../preferences/preferences'
import { setRootSetting } from '../preferences/root-settings'

/** Makes the page what the settings say, but for its language: that is the server's to draw. */
export function showSettings(settings: UserSettings): void {
  const { textSize, density, motion, sendKey, codeWrap, theme } = settings
  setRootSetting('textSize', textSize)
  setRootSetting('density', density)
  setRootSetting('motion', motion)
  setRootSetting('sendKey', sendKey)
  if (codeWrap !== null) showCodeWrap(codeWrap)
  if (theme !== null) showTheme(theme)
}

/** Once the server knows it: it draws with what it has. */
export function showLanguage({ locale }: UserSettings): void {
  const { lang } = document.documentElement
  if (locale === null || !isLocale(lang) || locale === lang) return
  rememberLocale(locale)
  drawAgain()
}

/** In the way next-themes hears of it from other tabs. */
function showTheme(theme: string): void {
  if (browserKeptValues.getItem('theme') === theme) return
  browserKeptValues.setItem('theme', theme)
  window.dispatchEvent(new StorageEvent('storage', { key: 'theme', newValue: theme }))
}
