import 'server-only'
import type { MetadataRoute } from 'next'
import { grounds } from '@/shared/ui/grounds'
import { directionOf, type Locale } from '@/shared/i18n/locales'
import { messagesOf } from '../i18n/generated/messages'

/** A browser asks for it without cookies: so the address has the language, and the page names the one it is in itself. */
export function manifestAddress(locale: Locale): string {
  return `/manifest/${locale}`
}

/** What a device shows of Rivulet when it is installed. By its `id` it stays the same app in another language. */
export function appManifest(locale: Locale): MetadataRoute.Manifest {
  const { app, search } = messagesOf[locale]
  return {
    id: '/',
    lang: locale,
    dir: directionOf(locale),
    name: app.name,
    short_name: app.name,
    description: app.description,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: grounds.light,
    theme_color: grounds.light,
    categories: ['productivity', 'utilities'],
    icons: [
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: [{ name: search.title, url: '/search' }],
  }
}
