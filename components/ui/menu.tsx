'use client'

import { DropdownMenu } from 'radix-ui'
import { type ComponentProps, createContext, type ReactNode, use } from 'react'
import { classNames } from '@/shared/ui/class-names'
import { pageDirection } from './page-direction'

const FocusesFirst = createContext(false)

export type MenuProps = {
  button: ComponentProps<'button'>
  /** Whether it was opened by a key before any of this was loaded, which the library then can't know. */
  focusesFirst: boolean
  children: ReactNode
}

/** Opens as it is first shown. Leaves the page around it readable and in its place. */
export function Menu({ button, focusesFirst, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen dir={pageDirection()}>
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
      className={classNames('appear menu', className)}
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

export function MenuItem({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item className={classNames('menu-item', className)} {...props} />
}
