import type { ReactNode } from 'react'
import { classNames } from '@/shared/ui/class-names'

type FieldOptionProps = {
  id: string
  active: boolean
  /** Makes it the active one. */
  point: () => void
  run: () => void
  className?: string
  children: ReactNode
}

/** An option of a list below a field. The keyboard reaches it through the field, which keeps the focus also when the mouse is used. */
export function FieldOption({ id, active, point, run, className, children }: FieldOptionProps) {
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
        'flex min-h-9 cursor-pointer items-center rounded-inside px-2 text-sm pointer-coarse:min-h-11',
        active && 'bg-wash',
        className,
      )}
    >
      {children}
    </div>
  )
}
