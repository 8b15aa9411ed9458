import { expect, test } from 'vitest'
import { safeUrl } from './safe-url'

test('web and mail addresses are links, and name their host', () => {
  expect(safeUrl('https://example.com:8443/a?b#c')).toEqual({
    href: 'https://example.com:8443/a?b#c',
    host: 'example.com:8443',
  })
  expect(safeUrl('mailto:someone@example.com')?.host).toBe('someone@example.com')
})

test('a host that imitates another is shown as it resolves', () => {
  expect(safeUrl('https://аpple.com/')?.host).toBe('xn--pple-43d.com')
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' https://example.com',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://example.com/x',
  '//example.com',
  '/chat',
  'https://user:pass@example.com',
  'https://bank.example@evil.example',
  'http://',
  'streamdown:incomplete-link',
  '',
  undefined,
])('%s is no link', (text) => {
  expect(safeUrl(text)).toBeUndefined()
})
