'use client'

import { DropdownMenu } from 'radix-ui'
import type { ComponentProps } from 'react'
import { classNames } from '@/shared/ui/class-names'

/** Leaves the page around it readable and in its place: the menu opens inside the landmark it belongs to. */
export function Menu(props: ComponentProps<typeof DropdownMenu.Root>) {
  return <DropdownMenu.Root modal={false} {...props} />
}

export const MenuTrigger = DropdownMenu.Trigger

export function MenuContent({ className, ...props }: ComponentProps<typeof DropdownMenu.Content>) {
  return (
    <DropdownMenu.Content
      sideOffset={4}
      collisionPadding={8}
      className={classNames(
        'appear z-50 min-w-40 rounded-outside border border-hairline bg-raised p-1 shadow-float outline-none',
        className,
      )}
      {...props}
    />
  )
}

const itemShape =
  'flex h-8 items-center gap-2 rounded-inside px-2 text-sm outline-none select-none pointer-coarse:h-11 ' +
  'data-highlighted:bg-wash [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-soft'

export function MenuItem({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item className={classNames(itemShape, className)} {...props} />
}

export function MenuRadioItem({
  className,
  ...props
}: ComponentProps<typeof DropdownMenu.RadioItem>) {
  return (
    <DropdownMenu.RadioItem
      className={classNames(itemShape, 'text-soft data-[state=checked]:text-ink', className)}
      {...props}
    />
  )
}

export const MenuRadioGroup = DropdownMenu.RadioGroup
