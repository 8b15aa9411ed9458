'use client'

import { DropdownMenu } from 'radix-ui'
import { type ComponentProps, createContext, type ReactNode, use } from 'react'
import { classNames } from '@/shared/ui/class-names'

const FocusesFirst = createContext(false)

type MenuProps = {
  button: ComponentProps<'button'>
  /** Whether it was opened by a key before any of this was loaded, which the library then can't know. */
  focusesFirst: boolean
  children: ReactNode
}

/** Opens as it is first shown. Leaves the page around it readable and in its place. */
export function Menu({ button, focusesFirst, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger {...button} />
      <FocusesFirst value={focusesFirst}>{children}</FocusesFirst>
    </DropdownMenu.Root>
  )
}

export function MenuContent({ className, ...props }: ComponentProps<typeof DropdownMenu.Content>) {
  const focusesFirst = use(FocusesFirst)
  return (
    <DropdownMenu.Content
      ref={focusesFirst ? focusFirst : undefined}
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

/** After the library has given the focus to the menu as a whole. */
function focusFirst(content: HTMLElement | null): void {
  requestAnimationFrame(() =>
    content?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus({ preventScroll: true }),
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
