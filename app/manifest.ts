import type { MetadataRoute } from 'next'
import { grounds } from '@/shared/ui/grounds'
import en from '@/shared/i18n/en.json'

/** What a device shows of Rivulet when it is installed. Asked for without cookies, so in one language. */
export default function manifest(): MetadataRoute.Manifest {
  const { name, description } = en.app
  return {
    id: '/',
    name,
    short_name: name,
    description,
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
    shortcuts: [{ name: en.search.title, url: '/search' }],
  }
}
