'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { showErrorToast } from './toast'

const shownMs = 1500

/** Copies the text to the clipboard, and tells for a moment that it is there. */
export function useCopy(text: () => string): { copied: boolean; copy: () => void } {
  const t = useTranslations('chat')
  const [copied, setCopied] = useState(false)

  async function copyText() {
    try {
      await navigator.clipboard.writeText(text())
    } catch {
      showErrorToast(t('copyFailed'))
      return
    }
    setCopied(true)
    setTimeout(() => setCopied(false), shownMs)
  }

  return { copied, copy: () => void copyText() }
}
