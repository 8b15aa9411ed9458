'use client'

import { useTranslations } from 'next-intl'
import { Suspense } from 'react'
import type { ErrorPageProps } from '@/components/shell/error-page'
import { lazyPart } from '@/components/ui/lazy-part'

// Every page brings this one along, so what it looks like comes only when it is needed.
const ErrorPage = lazyPart(() => import('@/components/shell/error-page'), {
  fallback: BareErrorPage,
  tellsFailure: true,
})

export default function ErrorBoundary(props: ErrorPageProps) {
  return (
    <Suspense>
      <ErrorPage {...props} />
    </Suspense>
  )
}

/** Where the rest cannot be loaded. */
function BareErrorPage({ retry }: ErrorPageProps) {
  const t = useTranslations('errorPage')
  return (
    <main className="p-6">
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
      <button type="button" className="button" onClick={retry}>
        {t('tryAgain')}
      </button>
    </main>
  )
}
