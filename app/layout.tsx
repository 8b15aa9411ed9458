import './globals.css'
import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getTranslations } from 'next-intl/server'
import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { ThemeScript } from '@/components/shell/theme-script'
import { Toasts } from '@/components/shell/toasts'
import { pageDirection } from '@/server/i18n/page-direction'
import { manifestAddress } from '@/server/offline/app-manifest'
import { shownSettings } from '@/server/user-settings/shown-settings'
import { grounds } from '@/shared/ui/grounds'
import type { UserSettings } from '@/shared/settings/user-settings'
import { latinLetters } from './fonts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('app')
  return {
    title: { default: t('name'), template: `%s — ${t('name')}` },
    description: t('description'),
    applicationName: t('name'),
    manifest: manifestAddress(await getLocale()),
    appleWebApp: { capable: true, title: t('name'), statusBarStyle: 'default' },
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
    { media: '(prefers-color-scheme: light)', color: grounds.light },
    { media: '(prefers-color-scheme: dark)', color: grounds.dark },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, settings, headerList, cookieStore] = await Promise.all([
    getLocale(),
    shownSettings(),
    headers(),
    cookies(),
  ])
  const nonce = headerList.get('x-nonce')
  return (
    <html
      lang={locale}
      dir={pageDirection(locale)}
      data-code-wrap={codeWrapOf(settings, cookieStore.get('code-wrap')?.value)}
      data-text-size={settings.textSize}
      data-density={settings.density}
      data-motion={settings.motion}
      data-send-key={settings.sendKey}
      className={latinLetters.variable}
      suppressHydrationWarning
    >
      <head>
        <ThemeScript nonce={nonce} chosen={settings.theme} />
      </head>
      <body>
        <ThemeProvider attribute="class" {...(nonce && { nonce })}>
          <NextIntlClientProvider>
            {children}
            <Toasts />
          </NextIntlClientProvider>
        </ThemeProvider>
      </body>
    </html>
  )
}

/** What the user chose counts before what this browser remembers. */
function codeWrapOf({ codeWrap }: UserSettings, remembered: string | undefined): string {
  if (codeWrap === null) return remembered ?? 'off'
  return codeWrap ? 'on' : 'off'
}
