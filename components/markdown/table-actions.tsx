'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCopy } from '@/components/ui/use-copy'
import type { Table } from '@/shared/markdown/tree'
import { tableCsv, tableMarkdown } from './table-text'

/** The line above a table: its content to take along. */
export default function TableActions({ table }: { table: Table }) {
  const t = useTranslations('markdown')
  return (
    <div className="table-head">
      <span aria-hidden>{t('table')}</span>
      <CopyAs name="Markdown" label={t('copyTableMarkdown')} text={() => tableMarkdown(table)} />
      <CopyAs name="CSV" label={t('copyTableCsv')} text={() => tableCsv(table)} />
    </div>
  )
}

type CopyAsProps = { name: string; label: string; text: () => string }

function CopyAs({ name, label, text }: CopyAsProps) {
  const t = useTranslations('chat')
  const { copied, copy } = useCopy(text)
  return (
    <button type="button" className="table-action" aria-label={label} onClick={copy}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {name}
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </button>
  )
}
