import { expect, it } from 'vitest'
import { parseEndpointUrl } from './endpoint-url'

it.each([
  ['https://api.example/v1', 'https://api.example/v1'],
  ['  http://LOCALHOST:11434/v1//  ', 'http://localhost:11434/v1'],
  ['https://bücher.example/v1', 'https://xn--bcher-kva.example/v1'],
  ['http://[::1]:8080', 'http://[::1]:8080/'],
  // Every way to write an address is that address from here on.
  ['http://2130706433/v1', 'http://127.0.0.1/v1'],
  ['http://0177.0.0.1/v1', 'http://127.0.0.1/v1'],
  ['http://0x7f.1/v1', 'http://127.0.0.1/v1'],
  ['http://127.1/v1', 'http://127.0.0.1/v1'],
  ['http://127.0.0.1./v1', 'http://127.0.0.1/v1'],
  ['http://①②⑦.0.0.1/v1', 'http://127.0.0.1/v1'],
])('%j is read as %s', (text, href) => {
  expect(parseEndpointUrl(text)?.href).toBe(href)
})

it.each([
  '',
  'api.example/v1',
  'localhost:11434/v1',
  'ftp://api.example/v1',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https:/api.example',
  'https:\\\\api.example\\v1',
  'https://user:secret@api.example/v1',
  'https://@api.example/v1',
  'https://api.example@evil.example/v1',
  'https://api.example\\@evil.example/v1',
  'https://api.example/v1?key=1',
  'https://api.example/v1#part',
  'https://api.exa\tmple/v1',
  'https://api.example/v1\nhost: evil',
  'https://api.example:99999/v1',
  'https://1.2.3.4.5.6/v1',
  'https://[::1/v1',
  `https://api.example/${'x'.repeat(3000)}`,
])('%j is refused', (text) => {
  expect(parseEndpointUrl(text)).toBeUndefined()
})
