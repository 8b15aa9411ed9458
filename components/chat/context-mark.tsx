'use client'

import { Scissors } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** Between the messages that the model is sent no more and the first that it is. */
export default function ContextMark() {
  const t = useTranslations('context')
  return (
    <p className="mb-6 flex w-full items-center gap-3 self-stretch text-xs text-faint before:h-px before:flex-1 before:bg-edge after:h-px after:flex-1 after:bg-edge">
      <Scissors aria-hidden className="size-3.5 shrink-0" />
      <span className="text-center text-pretty">{t('trimmed')}</span>
    </p>
  )
}
