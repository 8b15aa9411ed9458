import './globals.css'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getTranslations } from 'next-intl/server'
import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { ThemeScript } from '@/components/shell/theme-script'
import { Toasts } from '@/components/shell/toasts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('app')
  return {
    title: { default: t('name'), template: `%s — ${t('name')}` },
    description: t('description'),
    applicationName: t('name'),
    formatDetection: { telephone: false, email: false, address: false },
    referrer: 'same-origin',
  }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf9f5' },
    { media: '(prefers-color-scheme: dark)', color: '#141a1f' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, headerList, cookieStore] = await Promise.all([getLocale(), headers(), cookies()])
  const nonce = headerList.get('x-nonce')
  return (
    <html
      lang={locale}
      data-code-wrap={cookieStore.get('code-wrap')?.value ?? 'off'}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <head>
        <ThemeScript nonce={nonce} />
      </head>
      <body>
        <ThemeProvider attribute="class" disableTransitionOnChange {...(nonce && { nonce })}>
          <NextIntlClientProvider>
            {children}
            <Toasts />
          </NextIntlClientProvider>
        </ThemeProvider>
      </body>
    </html>
  )
}
