'use client'

import { Monitor, Moon, Settings, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { type MouseEvent, useId, useSyncExternalStore } from 'react'
import { saveSettings } from '@/client/settings/save-settings'
import { openSettings } from '@/client/settings/settings-address'

/** The way to the settings and, at hand, the theme: the foot of the sidebar. */
export function Preferences() {
  const t = useTranslations('settings')

  /** Safari gives the focus to no button that is pressed, and the dialog has to give it back. */
  function open({ currentTarget }: MouseEvent<HTMLButtonElement>) {
    currentTarget.focus()
    openSettings()
  }

  return (
    <div className="flex items-center justify-between gap-2 border-t border-hairline p-2">
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={open}
        className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-inside px-2 text-sm text-soft transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:h-11"
      >
        <Settings aria-hidden className="size-4 shrink-0" />
        <span className="truncate">{t('open')}</span>
      </button>
      <ThemeSwitch />
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
  ] as const

  function choose(value: (typeof choices)[number]['value']) {
    setTheme(value)
    saveSettings({ theme: value })
  }

  return (
    <div role="radiogroup" aria-label={t('theme')} className="flex rounded-inside bg-wash p-0.5">
      {choices.map(({ value, label, Icon }) => (
        <label
          key={value}
          title={label}
          className="relative inline-flex size-7 items-center justify-center rounded-[6px] text-faint transition-colors hover-able:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-lift pointer-coarse:size-11"
        >
          <input
            type="radio"
            name={name}
            value={value}
            aria-label={label}
            checked={shown === value}
            onChange={() => choose(value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-[6px]"
          />
          <Icon aria-hidden className="pointer-events-none size-4" />
        </label>
      ))}
    </div>
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
