'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { IconButton } from './icon-button'
import { showErrorToast } from './toast'

const shownMs = 1500

type CopyButtonProps = { label: string; text: () => string; className?: string }

export function CopyButton({ label, text, className }: CopyButtonProps) {
  const t = useTranslations('chat')
  const [copied, setCopied] = useState(false)

  async function copy() {
    try {
      await navigator.clipboard.writeText(text())
    } catch {
      showErrorToast(t('copyFailed'))
      return
    }
    setCopied(true)
    setTimeout(() => setCopied(false), shownMs)
  }

  return (
    <>
      <IconButton
        label={copied ? t('copied') : label}
        className={className}
        onClick={() => void copy()}
      >
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </>
  )
}
