'use client'

import { Popover } from 'radix-ui'
import type { ReactNode, RefObject } from 'react'

type PopoverAboveProps = {
  /** Above which it stands, and which gets the focus back. */
  button: RefObject<HTMLButtonElement | null>
  open: boolean
  setOpen: (open: boolean) => void
  label: string
  /** From the button, in pixels. */
  distance: number
  className: string
  children: ReactNode
}

/** What a button that is there already opens above itself. */
export function PopoverAbove(props: PopoverAboveProps) {
  const { button, open, setOpen, label, distance, className, children } = props

  function giveFocusBack(event: Event) {
    event.preventDefault()
    button.current?.focus()
  }

  /** A press on the button closes by itself. */
  function ignoreButton(event: Event) {
    if (event.target instanceof Node && button.current?.contains(event.target))
      event.preventDefault()
  }

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Anchor virtualRef={button} />
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={distance}
          collisionPadding={12}
          aria-label={label}
          onCloseAutoFocus={giveFocusBack}
          onInteractOutside={ignoreButton}
          className={className}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
