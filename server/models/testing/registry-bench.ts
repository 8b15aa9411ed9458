import type { RequestListener } from 'node:http'
import type { LoopbackServer } from '@/e2e/servers/loopback'
import { parseEnv } from '../../env'
import { createModelRegistry } from '../model-registry'

export function json(body: unknown, status = 200): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

export const list = (...ids: string[]) => ({
  object: 'list',
  data: ids.map((id) => ({ id, object: 'model' })),
})

export type Source = Record<string, string>

/** A registry whose fixed local ports lead to the servers of the test, and to nothing otherwise. */
export function registryOf(source: Source, local: Record<number, LoopbackServer> = {}) {
  const clock = { now: 1_000_000 }
  const asked: string[] = []
  const registry = createModelRegistry({
    env: parseEnv({ NODE_ENV: 'production', PORT: '3999', ...source }),
    now: () => clock.now,
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      asked.push(url.href)
      const served = local[Number(url.port)]
      if (served) url.port = String(served.port)
      else if (fixedPorts.has(Number(url.port))) url.port = '1'
      return fetch(url, init)
    },
  })
  return { registry, clock, asked }
}

const fixedPorts = new Set([11434, 1234, 9931, 8080, 1337, 8000, 12434])
export const lookLocally = { LOCAL_DISCOVERY: 'on' }
export const demoRef = { provider: 'demo', id: 'scripted-demo' }

export async function endpointsOf(source: Source, local: Record<number, LoopbackServer> = {}) {
  const { endpoints } = await registryOf(source, local).registry.catalog()
  return endpoints.map(({ id, status, models }) => [id, status, models.map((model) => model.id)])
}
