import { expect, it } from 'vitest'
import { createKeyBox } from './key-box'

const key = 'sk-own-0123456789abcdef'
const boxOf = (...secrets: [string, ...string[]]) => createKeyBox(() => secrets)

it('opens what it has sealed, and nothing of it shows', () => {
  const box = boxOf('a secret')
  const sealed = box.seal(key, 'anna/e1')

  expect(box.open(sealed, 'anna/e1')).toEqual({ key, isOutdated: false })
  expect(sealed).toMatch(/^v1\.[\w-]+$/)
  expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain('sk-own')
  expect(box.seal(key, 'anna/e1')).not.toBe(sealed)
})

it('opens it nowhere else: not for another user, not for another server', () => {
  const box = boxOf('a secret')
  const sealed = box.seal(key, 'anna/e1 https://api.example')

  expect(box.open(sealed, 'ben/e1 https://api.example')).toBeUndefined()
  expect(box.open(sealed, 'anna/e1 https://evil.example')).toBeUndefined()
})

it('with another secret, or a character changed, there is nothing', () => {
  const sealed = boxOf('a secret').seal(key, 'p')

  expect(boxOf('another').open(sealed, 'p')).toBeUndefined()
  const last = sealed.at(-2) === 'A' ? 'B' : 'A'
  expect(boxOf('a secret').open(sealed.slice(0, -2) + last + sealed.at(-1), 'p')).toBeUndefined()
  for (const damaged of ['', 'v1.', 'v1.AAAA', 'v2.AAAA', sealed.slice(0, 20)])
    expect(boxOf('a secret').open(damaged, 'p'), damaged).toBeUndefined()
})

it('a secret is changed by putting the new one first', () => {
  const sealed = boxOf('old').seal(key, 'p')
  const both = boxOf('new', 'old')

  expect(both.open(sealed, 'p')).toEqual({ key, isOutdated: true })
  const anew = both.seal(key, 'p')
  expect(boxOf('new').open(anew, 'p')).toEqual({ key, isOutdated: false })
})
