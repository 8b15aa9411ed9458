'use client'

import './globals.css'
import { directionOf, errorTextsOf, localeOf } from '@/shared/i18n/locales'

type GlobalErrorProps = { error: Error & { digest?: string }; retry: () => void }

/** Takes the place of the layout itself, so nothing of it can be relied on: not even its language. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  const locale = localeOf(undefined, typeof navigator === 'undefined' ? null : navigator.language)
  const texts = errorTextsOf(locale)
  return (
    <html lang={locale} dir={directionOf(locale)}>
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
