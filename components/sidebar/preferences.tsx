'use client'

import { Languages, Monitor, Moon, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useId, useSyncExternalStore } from 'react'
import { rememberLocale } from '@/client/preferences/preferences'
import { MenuButton } from '@/components/ui/menu-button'
import { isLocale, localeNames } from '@/shared/i18n/locales'
import { lazyPart } from '@/components/ui/lazy-part'

const loadLanguages = () => import('./language-items')
const LanguageItems = lazyPart(loadLanguages)

/** Theme and language, at the foot of the sidebar. */
export function Preferences() {
  return (
    <div className="flex items-center justify-between gap-2 border-t border-hairline p-2">
      <ThemeSwitch />
      <LanguageMenu />
    </div>
  )
}

function ThemeSwitch() {
  const t = useTranslations('settings')
  const { theme, setTheme } = useTheme()
  const shown = useHydrated() ? (theme ?? 'system') : undefined
  const name = useId()
  const choices = [
    { value: 'system', label: t('system'), Icon: Monitor },
    { value: 'light', label: t('light'), Icon: Sun },
    { value: 'dark', label: t('dark'), Icon: Moon },
  ]
  return (
    <div role="radiogroup" aria-label={t('theme')} className="flex rounded-inside bg-wash p-0.5">
      {choices.map(({ value, label, Icon }) => (
        <label
          key={value}
          title={label}
          className="relative inline-flex size-7 items-center justify-center rounded-[6px] text-faint transition-colors hover-able:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-lift pointer-coarse:size-10"
        >
          <input
            type="radio"
            name={name}
            value={value}
            aria-label={label}
            checked={shown === value}
            onChange={() => setTheme(value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-[6px]"
          />
          <Icon aria-hidden className="pointer-events-none size-4" />
        </label>
      ))}
    </div>
  )
}

function LanguageMenu() {
  const t = useTranslations('settings')
  const locale = useLocale()
  const router = useRouter()

  function choose(value: string) {
    if (!isLocale(value) || value === locale) return
    rememberLocale(value)
    router.refresh()
  }

  return (
    <MenuButton
      aria-label={`${t('language')}: ${localeNames[locale]}`}
      load={loadLanguages}
      menu={<LanguageItems locale={locale} choose={choose} />}
      className="flex h-8 items-center gap-1.5 rounded-inside px-2 text-xs text-soft transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:h-11"
    >
      <Languages aria-hidden className="size-4" />
      {localeNames[locale]}
    </MenuButton>
  )
}

/** The theme is known only to the browser: until React runs there, no choice is marked. */
function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  )
}
