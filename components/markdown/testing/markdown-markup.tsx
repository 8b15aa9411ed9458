import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import en from '@/shared/i18n/en.json'
import { Markdown } from '../markdown'

/** What the server writes for a text. */
export function markdownMarkup(text: string, streaming = false): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <Markdown text={text} streaming={streaming} />
    </NextIntlClientProvider>,
  )
}
