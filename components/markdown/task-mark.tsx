import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import type { ExtraProps } from 'streamdown'

/** The box of a task list, which cannot be ticked here. */
export function TaskMark({ checked }: ComponentProps<'input'> & ExtraProps) {
  const t = useTranslations('markdown')
  return (
    <span
      role="img"
      aria-label={checked ? t('done') : t('open')}
      className="task-mark"
      data-checked={checked ?? false}
    />
  )
}
