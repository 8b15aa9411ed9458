import { appManifest } from '@/server/offline/app-manifest'
import { localeOf, locales } from '@/shared/i18n/locales'

/** What a device is told of the app, in each language; made into static files by the build. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ locale: string }> },
): Promise<Response> {
  const { locale } = await params
  return Response.json(appManifest(localeOf(locale, null)), {
    headers: { 'content-type': 'application/manifest+json' },
  })
}

export function generateStaticParams(): { locale: string }[] {
  return locales.map((locale) => ({ locale }))
}

export const dynamic = 'force-static'
export const dynamicParams = false
