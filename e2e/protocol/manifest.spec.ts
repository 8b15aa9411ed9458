import { z } from 'zod'
import type { Session } from '../fixtures/session'
import { expect, test } from '../fixtures/test'
import { wordsOf } from '../fixtures/words'

const manifestSchema = z.object({
  id: z.literal('/'),
  lang: z.string(),
  name: z.string(),
  description: z.string(),
  shortcuts: z.array(z.object({ name: z.string(), url: z.string() })),
})

/** As a browser does it: the page names it, and it is asked for without cookies. */
async function manifestOf(session: Session, acceptLanguage: string) {
  const page = await session.fetch('/', { headers: { 'accept-language': acceptLanguage } })
  const [, address] = /<link rel="manifest" href="([^"]+)"/.exec(await page.text()) ?? []
  const answer = await fetch(new URL(address ?? 'none', session.url))
  expect(answer.headers.get('content-type')).toContain('application/manifest+json')
  return manifestSchema.parse(await answer.json())
}

test('the app is installed in the language of its user, whatever the browser’s is', async ({
  session,
}) => {
  for (const locale of ['en', 'zh-CN'] as const) {
    const { app, search } = wordsOf[locale]
    const expected = {
      id: '/',
      lang: locale,
      name: app.name,
      description: app.description,
      shortcuts: [{ name: search.title, url: '/search' }],
    }
    expect(await manifestOf(session, `${locale};q=0.9`)).toEqual(expected)
  }
  await session.requestJson('/api/settings', 'PATCH', { locale: 'zh-CN' })
  expect(await manifestOf(session, 'en')).toMatchObject({ lang: 'zh-CN' })
})
