import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import type { ExtraProps } from 'streamdown'

/** A table wider than the column scrolls in its own box, by keyboard too. */
export function MarkdownTable({ children }: ComponentProps<'table'> & ExtraProps) {
  const t = useTranslations('markdown')
  return (
    <div className="table-box" role="group" aria-label={t('table')} tabIndex={0}>
      <table>{children}</table>
    </div>
  )
}
