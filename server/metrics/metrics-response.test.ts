import { expect, it } from 'vitest'
import { createMetrics } from './prometheus'
import { metricsResponse } from './metrics-response'

const token = 'a token that nobody guesses'

function ask(authorization: string | undefined) {
  const request = new Request('http://10.0.0.7:3000/api/metrics', {
    headers: authorization === undefined ? {} : { authorization },
  })
  return metricsResponse({ request, token, metrics: () => Promise.resolve(createMetrics()) })
}

it('gives the metrics to whoever has the token', async () => {
  const response = await ask(`Bearer ${token}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.text()).toContain('rivulet_runs_total{status="done"} 0')
})

it.each([
  undefined,
  '',
  token,
  'Bearer ',
  `Bearer ${token}x`,
  `Bearer ${token.slice(0, -1)}`,
  `Basic ${token}`,
])('refuses %j', async (authorization) => {
  await expect(ask(authorization)).rejects.toMatchObject({ code: 'unauthenticated' })
})

it('has nothing to give while no token is set', async () => {
  const request = new Request('http://localhost/api/metrics', {
    headers: { authorization: 'Bearer ' },
  })
  const asked = metricsResponse({
    request,
    token: undefined,
    metrics: () => Promise.reject(new Error('Nobody asks.')),
  })
  await expect(asked).rejects.toMatchObject({ code: 'not-found' })
})
