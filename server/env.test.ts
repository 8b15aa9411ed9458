import { expect, it } from 'vitest'
import { parseEnv, SettingsError } from './env'

function problemsOf(source: Record<string, string>): string[] {
  try {
    parseEnv(source)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}

it('needs nothing to be set', () => {
  expect(parseEnv({})).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    MESSAGE_LENGTH_MAX: 32_000,
    onVercel: false,
  })
})

it('takes an empty setting as one that is not set', () => {
  expect(parseEnv({ OPENAI_API_KEY: ' ' }).OPENAI_API_KEY).toBeUndefined()
})

it('lists every problem at once, by name, without the values', () => {
  const problems = problemsOf({
    PORT: 'abc',
    OPENAI_BASE_URL: 'ftp://secret-value',
    SESSION_SECRET: 'short-secret',
    LOCAL_DISCOVERY: 'maybe',
  })
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'PORT',
    'SESSION_SECRET',
    'OPENAI_BASE_URL',
    'LOCAL_DISCOVERY',
  ])
  expect(problems.join()).not.toMatch(/secret-value|short-secret|maybe/)
})

it('wants a session secret with a shared database, which no machine can make for the others', () => {
  const DATABASE_URL = 'postgres://user:pass%23word@db.example.com/rivulet?sslmode=require'

  expect(problemsOf({ DATABASE_URL }).join()).toMatch(/SESSION_SECRET.*openssl rand/)
  expect(problemsOf({ DATABASE_URL, PORT: 'abc' })).toHaveLength(2)
  expect(problemsOf({ DATABASE_URL, SESSION_SECRET: 'x'.repeat(32) })).toEqual([])
})

it.each(['localhost:5432/rivulet', 'mysql://localhost/rivulet', 'postgres://u:p#w@host/name'])(
  'refuses the database address %s',
  (DATABASE_URL) => {
    const problems = problemsOf({ DATABASE_URL, SESSION_SECRET: 'x'.repeat(32) })
    expect(problems.join()).toMatch(/DATABASE_URL: must be a URL such as postgres:/)
  },
)

it.each([
  ['no JSON', 'x', /must be JSON/],
  ['no list', '{}', /array/],
  ['no URL', '[{"id":"a","baseUrl":"x"}]', /URL/],
  [
    'a key in the URL',
    '[{"id":"a","baseUrl":"https://user:pass@host/v1"}]',
    /user name or password/,
  ],
  ['an unknown key', '[{"id":"a","baseUrl":"https://host/v1","apikey":"x"}]', /apikey/],
  [
    'an id twice',
    '[{"id":"a","baseUrl":"https://h/v1"},{"id":"a","baseUrl":"https://h/v1"}]',
    /id of its own/,
  ],
  ['a taken id', '[{"id":"demo","baseUrl":"https://h/v1"}]', /taken/],
])('says what is wrong with MODEL_ENDPOINTS: %s', (_, value, message) => {
  expect(problemsOf({ MODEL_ENDPOINTS: value }).join()).toMatch(message)
})
