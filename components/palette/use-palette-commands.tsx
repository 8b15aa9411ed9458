'use client'

import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { saveSettings } from '@/client/settings/save-settings'
import { openSettings } from '@/client/settings/settings-address'
import { type Command, isMac } from '@/client/shortcuts/shortcut-of'
import { keysOf } from '@/client/shortcuts/shortcut-table'
import { localeName, locales } from '@/shared/i18n/locales'
import { openChatAddress, temporaryChatAddress } from './open-address'
import type { Option } from './palette-option'
import { showPalette } from './palette-shown'
import { runCommand } from './run-command'

const pageCommands = ['newChat', 'sidebar', 'composer', 'stop', 'copyAnswer', 'copyCode'] as const
const themes = ['system', 'light', 'dark'] as const

type PaletteCommandsOptions = { query: string; close: () => void; toggleSidebar: () => void }

/** The commands whose name has what was typed in it; all of them when nothing was. */
export function usePaletteCommands({
  query,
  close,
  toggleSidebar,
}: PaletteCommandsOptions): Option[] {
  const t = useTranslations('palette')
  const shortcuts = useTranslations('shortcuts')
  const settings = useTranslations('settings')
  const { theme, setTheme } = useTheme()
  const locale = useLocale()
  const router = useRouter()

  const onPage = pageCommands.map((command) =>
    optionOf(
      shortcuts(command),
      () => runCommand(command, { t: shortcuts, toggleSidebar }),
      command,
    ),
  )
  const elsewhere = [
    optionOf(t('temporaryChat'), () =>
      openChatAddress(temporaryChatAddress, (address) => router.push(address)),
    ),
    optionOf(t('openSearch'), () => router.push('/search')),
    optionOf(settings('open'), () => openSettings()),
    optionOf(shortcuts('shortcuts'), () => showPalette('shortcuts'), 'shortcuts'),
  ]
  const otherThemes = themes
    .filter((each) => each !== theme)
    .map((each) =>
      optionOf(t('theme', { name: settings(each) }), () => {
        setTheme(each)
        saveSettings({ theme: each })
      }),
    )
  const otherLanguages = locales
    .filter((each) => each !== locale)
    .map((each) =>
      optionOf(t('language', { name: localeName(each) }), () => saveSettings({ locale: each })),
    )
  const wanted = query.toLowerCase()
  return [...onPage, ...elsewhere, ...otherThemes, ...otherLanguages]
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ option }) => option)

  function optionOf(name: string, run: () => void, command?: Command) {
    const keys = command && keysOf(command, isMac())
    const option: Option = {
      id: `command-${name}`.replaceAll(/\s/g, '-'),
      content: name,
      keys,
      run: () => {
        close()
        // The dialog holds the focus until it is gone.
        requestAnimationFrame(run)
      },
    }
    return { name, option }
  }
}
