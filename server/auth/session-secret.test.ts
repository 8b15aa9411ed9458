import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sessionSecret } from './session-secret'

const newFolder = () => join(mkdtempSync(join(tmpdir(), 'rivulet-secret-')), 'data')

it('makes a secret once, readable by the owner alone', () => {
  const dataDir = newFolder()
  const secret = sessionSecret({ dataDir, SESSION_SECRET: undefined })
  expect(secret.length).toBeGreaterThanOrEqual(43)
  expect(sessionSecret({ dataDir, SESSION_SECRET: undefined })).toBe(secret)
  expect(statSync(join(dataDir, 'session-secret')).mode & 0o777).toBe(0o600)
})

it('prefers the setting and then writes nothing', () => {
  const dataDir = newFolder()
  const SESSION_SECRET = 'a setting of at least thirty-two characters'
  expect(sessionSecret({ dataDir, SESSION_SECRET })).toBe(SESSION_SECRET)
  expect(() => readFileSync(join(dataDir, 'session-secret'))).toThrow(/ENOENT/)
})

it('does not sign with a file that was cut short', () => {
  const dataDir = newFolder()
  sessionSecret({ dataDir, SESSION_SECRET: undefined })
  writeFileSync(join(dataDir, 'session-secret'), 'short')
  expect(() => sessionSecret({ dataDir, SESSION_SECRET: undefined })).toThrow(/Delete the file/)
})
