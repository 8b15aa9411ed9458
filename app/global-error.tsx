'use client'

import './globals.css'
import { MessagePage } from '@/components/shell/message-page'
import { Button } from '@/components/ui/button'
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
        <MessagePage title={texts.title} text={texts.text} note={error.digest}>
          <Button onClick={retry}>{texts.tryAgain}</Button>
        </MessagePage>
      </body>
    </html>
  )
}
