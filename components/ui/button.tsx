import type { ComponentProps } from 'react'
import { classNames } from '@/shared/ui/class-names'

const shapes = {
  primary: 'bg-river text-on-river hover-able:opacity-90',
  outline: 'border border-hairline bg-raised text-ink hover-able:bg-wash',
  quiet: 'text-soft hover-able:bg-wash hover-able:text-ink',
} as const

type ButtonProps = ComponentProps<'button'> & { shape?: keyof typeof shapes }

export function Button({ shape = 'outline', className, type = 'button', ...props }: ButtonProps) {
  return (
    <button
      type={type}
      className={classNames(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-inside px-3 text-sm font-medium whitespace-nowrap',
        'transition-[opacity,background-color] disabled:opacity-50 pointer-coarse:h-11 pointer-coarse:px-4',
        shapes[shape],
        className,
      )}
      {...props}
    />
  )
}
