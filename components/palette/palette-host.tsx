'use client'

import { useTranslations } from 'next-intl'
import { Suspense, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import { isMac, shortcutOf } from '@/client/shortcuts/shortcut-of'
import { lazyPart } from '@/components/ui/lazy-part'
import { paletteShown, showPalette } from './palette-shown'

const Palette = lazyPart(() => import('./palette'))

/** Listens for shortcuts. All that they do is loaded when one is used. */
export function PaletteHost({ toggleSidebar }: { toggleSidebar: () => void }) {
  const t = useTranslations('shortcuts')
  const view = useSyncExternalStore(paletteShown.subscribe, paletteShown.get, () => undefined)
  const [isUsed, setIsUsed] = useState(false)
  if (view && !isUsed) setIsUsed(true)

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event
    const isTyping =
      target instanceof Element && target.closest('input, textarea, select, [contenteditable]')
    const command = shortcutOf(event, isMac(), Boolean(isTyping))
    if (!command || event.defaultPrevented) return
    event.preventDefault()
    if (command === 'search' || command === 'shortcuts') return showPalette(command)
    void import('./run-command').then(({ runCommand }) => runCommand(command, { t, toggleSidebar }))
  })

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])

  if (!isUsed) return null
  return (
    <Suspense>
      <Palette view={view} toggleSidebar={toggleSidebar} />
    </Suspense>
  )
}
