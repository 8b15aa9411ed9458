'use client'

import type { ReactNode } from 'react'
import { classNames } from '@/shared/ui/class-names'
import { KeyCaps } from './key-caps'

export type Option = {
  /** Unlike that of any other option. */
  id: string
  content: ReactNode
  keys?: readonly string[] | undefined
  run: () => void
}

type PaletteOptionProps = { id: string; option: Option; active: boolean; point: () => void }

/** The keyboard reaches it through the field, which keeps the focus also when the mouse is used. */
export function PaletteOption({ id, option, active, point }: PaletteOptionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field takes the keys.
    <div
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      onPointerMove={active ? undefined : point}
      onPointerDown={(event) => event.preventDefault()}
      onClick={option.run}
      className={classNames(
        'flex min-h-9 cursor-pointer items-center gap-3 rounded-inside px-2 text-sm pointer-coarse:min-h-11',
        active && 'bg-wash',
      )}
    >
      <span className="min-w-0 flex-1">{option.content}</span>
      {option.keys ? (
        <span className="pointer-coarse:hidden">
          <KeyCaps keys={option.keys} />
        </span>
      ) : null}
    </div>
  )
}
