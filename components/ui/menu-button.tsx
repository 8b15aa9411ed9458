'use client'

import { type ComponentProps, type MouseEvent, type ReactNode, Suspense, useState } from 'react'
import { lazyPart } from './lazy-part'
import type { MenuProps } from './menu'

const loadMenu = () => import('./menu').then(({ Menu }) => ({ default: Menu }))
const Menu = lazyPart(loadMenu, { fallback: ClosedMenu })

type MenuButtonProps = ComponentProps<'button'> & {
  /** Items of `menu.tsx`, as a lazy component, so that a page does not wait for what nobody opened. */
  menu: ReactNode
  /** Loads that component; called when the button is about to be used. */
  load: () => Promise<unknown>
}

/** A button that opens a menu. Until it is first used it is a button and nothing else. */
export function MenuButton({ menu, load, ...props }: MenuButtonProps) {
  const [opening, setOpening] = useState<'by-pointer' | 'by-keyboard'>()

  function prepare() {
    void loadMenu()
    void load()
  }

  /** A click that a key made has no count. */
  function open({ detail }: MouseEvent) {
    setOpening(detail === 0 ? 'by-keyboard' : 'by-pointer')
  }

  const button = (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={opening !== undefined}
      onPointerEnter={prepare}
      onFocus={prepare}
      onClick={open}
      {...props}
    />
  )
  if (!opening) return button
  return (
    <Suspense fallback={button}>
      <Menu button={props} focusesFirst={opening === 'by-keyboard'}>
        {menu}
      </Menu>
    </Suspense>
  )
}

/** The button alone, where the menu can't be loaded. */
function ClosedMenu({ button }: MenuProps) {
  return <button type="button" {...button} />
}
