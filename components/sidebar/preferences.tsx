'use client'

import { Languages, Monitor, Moon, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { RadioGroup } from 'radix-ui'
import { useSyncExternalStore } from 'react'
import { rememberLocale } from '@/client/preferences/preferences'
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/components/ui/menu'
import { isLocale, localeNames, locales } from '@/shared/i18n/locales'

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
  const hydrated = useHydrated()
  const choices = [
    { value: 'system', label: t('system'), Icon: Monitor },
    { value: 'light', label: t('light'), Icon: Sun },
    { value: 'dark', label: t('dark'), Icon: Moon },
  ]
  return (
    <RadioGroup.Root
      aria-label={t('theme')}
      orientation="horizontal"
      value={hydrated ? (theme ?? 'system') : ''}
      onValueChange={setTheme}
      className="flex rounded-inside bg-wash p-0.5"
    >
      {choices.map(({ value, label, Icon }) => (
        <RadioGroup.Item
          key={value}
          value={value}
          aria-label={label}
          title={label}
          className="inline-flex size-7 items-center justify-center rounded-[6px] text-faint transition-colors hover-able:text-ink data-[state=checked]:bg-raised data-[state=checked]:text-ink data-[state=checked]:shadow-lift pointer-coarse:size-10"
        >
          <Icon aria-hidden className="size-4" />
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
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
    <Menu>
      <MenuTrigger
        aria-label={`${t('language')}: ${localeNames[locale]}`}
        className="flex h-8 items-center gap-1.5 rounded-inside px-2 text-xs text-soft transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:h-11"
      >
        <Languages aria-hidden className="size-4" />
        {localeNames[locale]}
      </MenuTrigger>
      <MenuContent align="end" side="top">
        <MenuRadioGroup value={locale} onValueChange={choose}>
          {locales.map((each) => (
            <MenuRadioItem key={each} value={each} lang={each}>
              {localeNames[each]}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
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
