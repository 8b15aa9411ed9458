'use client'

import { Tooltip } from 'radix-ui'
import type { ComponentProps, FocusEvent } from 'react'
import { classNames } from '@/shared/ui/class-names'

type IconButtonProps = ComponentProps<'button'> & {
  /** Its name for screen readers, and the text of its tooltip. */
  label: string
  tooltipSide?: 'top' | 'bottom' | 'left' | 'right'
}

/** A button that shows only a sign. Large enough for a finger on touch screens. */
export function IconButton({
  label,
  tooltipSide = 'bottom',
  className,
  children,
  type = 'button',
  ...props
}: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild onFocus={ignoreUnseenFocus}>
        <button
          type={type}
          aria-label={label}
          className={classNames(
            'inline-flex size-8 shrink-0 items-center justify-center rounded-inside text-soft transition-colors',
            'hover-able:bg-wash hover-able:text-ink disabled:opacity-50 pointer-coarse:size-11 [&_svg]:size-[1.125rem]',
            className,
          )}
          {...props}
        >
          {children}
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          side={tooltipSide}
          sideOffset={6}
          collisionPadding={8}
          className="appear z-50 rounded-inside bg-ink px-2 py-1 text-xs text-paper select-none"
        >
          {label}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

/** Focus that comes back after a tap or a click asks for no tooltip; focus by keyboard does. */
function ignoreUnseenFocus(event: FocusEvent<HTMLButtonElement>) {
  if (!event.currentTarget.matches(':focus-visible')) event.preventDefault()
}
