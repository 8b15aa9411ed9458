import type { ComponentProps } from 'react'
import { classNames } from '@/shared/ui/class-names'
import type { TooltipSide } from './watch-tooltips'

type IconButtonProps = ComponentProps<'button'> & {
  /** Its name for screen readers, and the text of its tooltip, which `TooltipLayer` shows. */
  label: string
  tooltipSide?: TooltipSide
}

/** A button that shows only a sign. Large enough for a finger on touch screens. */
export function IconButton({
  label,
  tooltipSide = 'bottom',
  className,
  type = 'button',
  ...props
}: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      data-tooltip={tooltipSide}
      className={classNames('icon-button', className)}
      {...props}
    />
  )
}
