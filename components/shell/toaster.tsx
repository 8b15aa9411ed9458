'use client'

import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useEffect } from 'react'
import { toast, Toaster as Library } from 'sonner'
import { takeToasts, toastsWanted } from '@/components/ui/toast'

/** Where toasts are drawn. Those that were asked for before it was loaded come first. */
export default function Toaster() {
  const t = useTranslations('app')
  const { resolvedTheme } = useTheme()

  useEffect(() => {
    showWaiting()
    return toastsWanted.subscribe(showWaiting)
  }, [])

  return (
    <Library
      position="top-right"
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      containerAriaLabel={t('notifications')}
      offset={12}
      mobileOffset={{ top: 64 }}
      duration={6_000}
    />
  )
}

function showWaiting(): void {
  for (const { kind, text, options } of takeToasts()) {
    if (kind === 'error') toast.error(text)
    else toast(text, options)
  }
}
