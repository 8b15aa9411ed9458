'use client'

import { Dialog } from 'radix-ui'
import { type ReactNode, useRef } from 'react'

type DrawerProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  label: string
  children: ReactNode
}

/** A panel from the left edge, for narrow screens. Holds the focus while open and gives it back after. */
export default function Drawer({ open, onOpenChange, label, children }: DrawerProps) {
  const opener = useRef<Element>(null)

  /** The panel itself takes the focus: a focused button would show its tooltip over the list. */
  function focusPanel(event: Event) {
    event.preventDefault()
    opener.current = document.activeElement
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
  }

  /** Without a trigger of its own the dialog would give the focus to nobody. What took it meanwhile keeps it. */
  function focusOpener(event: Event) {
    event.preventDefault()
    if (document.activeElement === document.body && opener.current instanceof HTMLElement)
      opener.current.focus()
  }

  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-(--veil)" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusPanel}
          onCloseAutoFocus={focusOpener}
          onInteractOutside={keepForToasts}
          className="slide-in fixed inset-y-0 inset-s-0 z-50 flex w-[min(19rem,85vw)] flex-col bg-sunk pt-[env(safe-area-inset-top)] pb-[env(safe-area-inset-bottom)] pl-[env(safe-area-inset-left)] rtl:pr-[env(safe-area-inset-right)] rtl:pl-0 shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** A toast over the panel can be answered without closing it. */
function keepForToasts(event: Event) {
  if (event.target instanceof Element && event.target.closest('[data-sonner-toaster]'))
    event.preventDefault()
}
