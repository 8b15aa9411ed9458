'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from './icon-button'
import { useCopy } from './use-copy'

type CopyButtonProps = { label: string; text: () => string; className?: string }

export function CopyButton({ label, text, className }: CopyButtonProps) {
  const t = useTranslations('chat')
  const { copied, copy } = useCopy(text)
  return (
    <>
      <IconButton label={copied ? t('copied') : label} className={className} onClick={copy}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </>
  )
}
