'use client'

import './globals.css'
import { errorTexts } from '@/shared/i18n/error-texts'

type GlobalErrorProps = { error: Error & { digest?: string }; retry: () => void }

/** Takes the place of the layout itself, so nothing of it can be relied on: not even its language. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  const chinese = typeof navigator !== 'undefined' && navigator.language.startsWith('zh')
  const texts = errorTexts[chinese ? 'zh-CN' : 'en']
  return (
    <html lang={chinese ? 'zh-CN' : 'en'}>
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
