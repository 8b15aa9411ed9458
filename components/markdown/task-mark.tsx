import { useTranslations } from 'next-intl'

/** The box of a task, which cannot be ticked here. */
export function TaskMark({ checked }: { checked: boolean }) {
  const t = useTranslations('markdown')
  return (
    <span
      role="img"
      aria-label={checked ? t('done') : t('open')}
      className="task-mark"
      data-checked={checked}
    />
  )
}
