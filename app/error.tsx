'use client'

import { useLocale } from 'next-intl'
import { Suspense } from 'react'
import type { ErrorPageProps } from '@/components/shell/error-page'
import { lazyPart } from '@/components/ui/lazy-part'
import { localeTable } from '@/shared/i18n/generated/locale-table'

// Every page brings this one along, so what it looks like comes only when it is needed.
const ErrorPage = lazyPart(() => import('@/components/shell/error-page'), BareErrorPage)

export default function ErrorBoundary(props: ErrorPageProps) {
  return (
    <Suspense>
      <ErrorPage {...props} />
    </Suspense>
  )
}

/** Where the rest cannot be loaded. */
function BareErrorPage({ retry }: ErrorPageProps) {
  const texts = localeTable[useLocale()].errorPage
  return (
    <main className="p-6">
      <h1>{texts.title}</h1>
      <p>{texts.text}</p>
      <button type="button" className="button" onClick={retry}>
        {texts.tryAgain}
      </button>
    </main>
  )
}
