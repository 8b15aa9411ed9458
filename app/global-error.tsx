'use client'

import './globals.css'
import { localeTable } from '@/shared/i18n/generated/locale-table'

type GlobalErrorProps = { error: Error & { digest?: string }; retry: () => void }

/** Takes the place of the layout itself, so nothing of it can be relied on: not even its language. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  const spoken = typeof navigator === 'undefined' ? 'en' : navigator.language
  const [locale, language] =
    Object.entries(localeTable).find(([name]) => name.slice(0, 2) === spoken.slice(0, 2)) ??
    (['en', localeTable.en] as const)
  const texts = language.errorPage
  return (
    <html lang={locale} dir={language.direction}>
      <body className="flex h-dvh flex-col">
        <title>{texts.title}</title>
        <main className="mx-auto flex w-full max-w-column flex-1 flex-col items-start justify-center px-6 pb-24">
          <h1 className="text-2xl font-medium">{texts.title}</h1>
          <p className="mt-2 text-soft">{texts.text}</p>
          <p className="mt-1 font-mono text-xs text-faint">{error.digest}</p>
          <button type="button" className="button mt-6 bg-ink text-paper" onClick={retry}>
            {texts.tryAgain}
          </button>
        </main>
      </body>
    </html>
  )
}
