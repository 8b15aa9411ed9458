import { expect, it } from 'vitest'
import { missingSettings, readSetup, requireSetup } from './deployment'
import { parseEnv, SettingsError } from './env'

const secret = 'a secret of at least thirty-two characters'
const database = 'postgres://rivulet@db.example/rivulet'
const redis = 'rediss://redis.example:6379'

it('lacks nothing on a machine of its own', () => {
  expect(missingSettings(parseEnv({}))).toEqual([])
  expect(readSetup(() => parseEnv({}))).toEqual({ ready: true, missing: [], mistakes: [] })
})

it('can keep nothing on Vercel until it has a database and a secret', () => {
  const bare = { onVercel: true }
  expect(missingSettings(bare)).toEqual(['DATABASE_URL', 'SESSION_SECRET', 'REDIS_URL'])
  for (const given of [{}, { DATABASE_URL: database }, { SESSION_SECRET: secret }]) {
    expect(readSetup(() => ({ ...bare, ...given })).ready).toBe(false)
  }
})

it('works on Vercel without Redis, and says that it is missing', () => {
  const given = { onVercel: true, DATABASE_URL: database, SESSION_SECRET: secret }
  expect(readSetup(() => given)).toEqual({ ready: true, missing: ['REDIS_URL'], mistakes: [] })
  expect(missingSettings({ ...given, REDIS_URL: redis })).toEqual([])
})

it('tells of mistakes by name, and refuses requests with what to do', () => {
  const setup = readSetup(() => parseEnv({ VERCEL: '1', OPENAI_BASE_URL: 'ftp://secret-value' }))
  expect(setup).toMatchObject({ ready: false, missing: [] })
  expect(setup.mistakes.join()).toMatch(/^OPENAI_BASE_URL: /)
  expect(setup.mistakes.join()).not.toContain('secret-value')
  expect(() => requireSetup(setup)).toThrow(/Settings to correct: OPENAI_BASE_URL/)
})

it('refuses requests where nothing is kept, and names the settings', () => {
  const setup = readSetup(() => ({ onVercel: true }))
  expect(() => requireSetup(setup)).toThrow(
    expect.objectContaining({
      code: 'not-configured',
      status: 503,
      message: expect.stringContaining('Set DATABASE_URL, SESSION_SECRET, REDIS_URL'),
    }),
  )
})

it('hides no fault that is not about settings', () => {
  const broken = () => {
    throw new Error('not a setting')
  }
  expect(() => readSetup(broken)).toThrow('not a setting')
  expect(new SettingsError(['a: b']).problems).toEqual(['a: b'])
})
