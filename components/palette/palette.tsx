'use client'

import { useTranslations } from 'next-intl'
import { Dialog } from 'radix-ui'
import { useRef } from 'react'
import { PaletteSearch } from './palette-search'
import { type PaletteView, showPalette } from './palette-shown'
import { ShortcutList } from './shortcut-list'

type PaletteProps = { view: PaletteView | undefined; toggleSidebar: () => void }

const close = () => showPalette(undefined)

/** Search and commands over the page, or the list of shortcuts. Fills the screen of a phone. */
export default function Palette({ view, toggleSidebar }: PaletteProps) {
  const palette = useTranslations('palette')
  const shortcuts = useTranslations('shortcuts')
  const opener = useRef<Element>(null)

  /** The field, also where a button stands before it. */
  function focusField(event: Event) {
    event.preventDefault()
    opener.current = document.activeElement
    const { currentTarget: content } = event
    if (!(content instanceof HTMLElement)) return
    const field = content.querySelector<HTMLElement>('[role="combobox"]') ?? content
    field.focus()
  }

  /**
   * Without a trigger of its own the dialog would give the focus to nobody. What took it meanwhile keeps it; what opened
   * the palette may be gone, with the drawer it was in.
   */
  function focusOpener(event: Event) {
    event.preventDefault()
    if (document.activeElement !== document.body) return
    const before = opener.current?.isConnected ? opener.current : null
    const target = before ?? document.getElementById('conversation')
    if (target instanceof HTMLElement) target.focus({ preventScroll: true })
  }

  return (
    <Dialog.Root open={view !== undefined} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-(--veil)" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusField}
          onCloseAutoFocus={focusOpener}
          className="appear fixed z-50 flex flex-col overflow-hidden bg-raised shadow-float outline-none max-sm:inset-0 max-sm:pt-[env(safe-area-inset-top)] max-sm:pb-[env(safe-area-inset-bottom)] sm:inset-x-0 sm:top-[12dvh] sm:mx-auto sm:max-h-[70dvh] sm:w-[min(40rem,calc(100vw-3rem))] sm:rounded-outside sm:border sm:border-hairline"
        >
          <Dialog.Title className="sr-only">
            {view === 'shortcuts' ? shortcuts('title') : palette('label')}
          </Dialog.Title>
          {view === 'search' ? <PaletteSearch close={close} toggleSidebar={toggleSidebar} /> : null}
          {view === 'shortcuts' ? <ShortcutList close={close} /> : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
