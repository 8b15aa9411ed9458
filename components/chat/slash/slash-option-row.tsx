'use client'

import { classNames } from '@/shared/ui/class-names'
import type { SlashOption } from './use-slash-options'

type SlashOptionRowProps = { id: string; option: SlashOption; active: boolean; point: () => void }

/** The keyboard reaches it through the field, which keeps the focus also when the mouse is used. */
export function SlashOptionRow({ id, option, active, point }: SlashOptionRowProps) {
  const { icon, name, note, run } = option
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field takes the keys.
    <div
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      onPointerMove={active ? undefined : point}
      onPointerDown={(event) => event.preventDefault()}
      onClick={run}
      className={classNames(
        'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-inside px-2 text-sm pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-soft',
        active && 'bg-wash',
      )}
    >
      {icon}
      <span className="max-w-[60%] shrink-0 truncate">{name}</span>
      <span className="min-w-0 truncate text-xs text-faint">{note}</span>
    </div>
  )
}
