'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { isMac } from '@/client/shortcuts/shortcut-of'
import { showPalette } from './palette-shown'

const never = () => () => undefined

/** The way to the palette that can be seen, with its key. */
export function SearchEntry({ onPick }: { onPick: () => void }) {
  const t = useTranslations('sidebar')
  const keys = useSyncExternalStore(
    never,
    () => (isMac() ? '⌘K' : 'Ctrl K'),
    () => 'Ctrl K',
  )
  return (
    <button
      type="button"
      aria-keyshortcuts="Meta+K Control+K"
      onClick={() => {
        onPick()
        showPalette('search')
      }}
      className="flex h-9 w-full items-center gap-2 rounded-inside px-2 text-sm text-ink transition-colors hover-able:bg-wash pointer-coarse:h-11"
    >
      <Search aria-hidden className="size-4 text-soft" />
      <span className="flex-1 text-start">{t('search')}</span>
      <kbd aria-hidden className="font-sans text-xs text-faint pointer-coarse:hidden">
        {keys}
      </kbd>
    </button>
  )
}
