import { expect, it } from 'vitest'
import { parseEnv } from '../env'
import { endpointPolicy } from './endpoint-policy'

const needed = { DATABASE_URL: 'postgres://db.example/chats', SESSION_SECRET: 's'.repeat(32) }

it.each([
  ['a server that answers this machine alone', {}, 'any'],
  ['one on ::1', { HOST: '::1' }, 'any'],
  ['one that others reach', { HOST: '0.0.0.0' }, 'off'],
  ['one behind a proxy', { ALLOWED_HOSTS: 'chat.example' }, 'off'],
  ['one on Vercel', { VERCEL: '1', ...needed }, 'off'],
  ['one whose operator allows it', { HOST: '0.0.0.0', USER_ENDPOINTS: 'public' }, 'public'],
  ['one whose operator does not', { USER_ENDPOINTS: 'off' }, 'off'],
])('%s', (_, settings, policy) => {
  expect(endpointPolicy(parseEnv(settings))).toBe(policy)
})
