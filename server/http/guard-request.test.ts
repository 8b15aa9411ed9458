import { describe, expect, it } from 'vitest'
import { guardRequest, isAllowedHost } from './guard-request'

const local = { HOST: '127.0.0.1', ALLOWED_HOSTS: undefined }

function post(headers: Record<string, string>) {
  return new Request('http://localhost:3000/api/chat', {
    method: 'POST',
    headers: { host: 'localhost:3000', 'content-type': 'application/json', ...headers },
  })
}

describe('a host', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST', 'app.localhost:3000'])(
    '%s is ours on loopback',
    (host) => {
      expect(isAllowedHost(host, local)).toBe(true)
    },
  )

  it.each([
    'evil.example',
    'evil.example:3000',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '10.0.0.1',
    '',
  ])('%j is not', (host) => {
    expect(isAllowedHost(host || null, local)).toBe(false)
  })

  it('may be any when the server listens for all, unless they are named', () => {
    expect(isAllowedHost('chat.example', { HOST: '0.0.0.0', ALLOWED_HOSTS: undefined })).toBe(true)
    expect(
      isAllowedHost('chat.example', { HOST: '0.0.0.0', ALLOWED_HOSTS: ['chat.example'] }),
    ).toBe(true)
    expect(
      isAllowedHost('other.example', { HOST: '0.0.0.0', ALLOWED_HOSTS: ['chat.example'] }),
    ).toBe(false)
  })
})

describe('a changing request', () => {
  it('passes from our own pages and from programs', () => {
    expect(() => guardRequest(post({}), local)).not.toThrow()
    expect(() =>
      guardRequest(
        post({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }),
        local,
      ),
    ).not.toThrow()
  })

  it.each([
    [{ origin: 'https://evil.example' }, 'cross-site-request'],
    [{ origin: 'http://localhost:4000' }, 'cross-site-request'],
    [{ origin: 'null' }, 'cross-site-request'],
    [{ 'sec-fetch-site': 'cross-site' }, 'cross-site-request'],
    [{ 'sec-fetch-site': 'same-site' }, 'cross-site-request'],
    [{ 'content-type': 'text/plain' }, 'unsupported-media-type'],
    [{ 'content-type': 'application/jsonx' }, 'unsupported-media-type'],
    [{ host: 'evil.example' }, 'wrong-host'],
  ])('is refused with %j', (headers, code) => {
    expect(() => guardRequest(post(headers), local)).toThrow(expect.objectContaining({ code }))
  })
})
