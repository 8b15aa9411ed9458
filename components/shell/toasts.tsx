'use client'

import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { Toaster } from 'sonner'

/** Short confirmations, out of the way of the composer. */
export function Toasts() {
  const t = useTranslations('app')
  const { resolvedTheme } = useTheme()
  return (
    <Toaster
      position="top-right"
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      containerAriaLabel={t('notifications')}
      offset={12}
      mobileOffset={{ top: 64 }}
      duration={6_000}
    />
  )
}
