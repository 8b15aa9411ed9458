import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import en from '@/shared/i18n/en.json'
import { MathBlockView } from './math-block'

function html(tex: string, open = false): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <MathBlockView block={{ type: 'math', key: 0, tex, open }} />
    </NextIntlClientProvider>,
  )
}

test('security 3: 50,000 nested braces with HTML are text, in less than 200 ms', () => {
  html('a')
  const startedAt = performance.now()
  const markup = html(`${'{'.repeat(50_000)}<img src=x onerror=alert(1)>`)
  expect(performance.now() - startedAt).toBeLessThan(200)
  expect(markup).toContain('{{{&lt;img src=x onerror=alert(1)&gt;')
  expect(markup).not.toContain('<img')
})

test('the server sends the source, and the height that is kept for it', () => {
  expect(html('\\frac{a}{b}')).toMatch(/min-height:[\d.]+em.*math-waiting">\\frac\{a\}\{b\}</)
  expect(html('\\frac{a}', true)).not.toContain('math-waiting')
})
