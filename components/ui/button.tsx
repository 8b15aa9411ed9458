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
    <button type={type} className={classNames('button', shapes[shape], className)} {...props} />
  )
}
