import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { LoopbackServer } from '@/e2e/servers/loopback'
import {
  endpointsOf,
  json,
  list,
  lookLocally,
  registryOf,
  type Source,
} from './testing/registry-bench'
import { serve } from './testing/serve'

describe('servers on this machine', () => {
  it('are asked at literal loopback addresses, with GET, and told nothing', async () => {
    const server = await serve(json(list('a')))
    const { registry, asked } = registryOf(
      { ...lookLocally, OPENAI_API_KEY: 'hunter2', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' },
      { 11434: server },
    )
    await registry.catalog()
    expect(asked.filter((url) => !url.includes(':1/')).toSorted()).toEqual([
      'http://127.0.0.1:11434/v1/models',
      'http://127.0.0.1:1234/v1/models',
      'http://127.0.0.1:12434/engines/v1/models',
      'http://127.0.0.1:1337/v1/models',
      'http://127.0.0.1:8000/v1/models',
      'http://127.0.0.1:8080/v1/models',
      'http://127.0.0.1:9931/v1/models',
    ])
    expect(server.seen[0]?.method).toBe('GET')
    expect(server.seen[0]?.headers).not.toHaveProperty('authorization')
    expect(server.seen[0]?.headers).not.toHaveProperty('cookie')
    expect(JSON.stringify(server.seen[0]?.rawHeaders)).not.toContain('hunter2')
  })

  it('are found in order, before the demo', async () => {
    const ollama = await serve(json(list('llama3.2:3b', 'nomic-embed-text:latest')))
    const docker = await serve(json(list('ai/smollm2')))
    expect(await endpointsOf(lookLocally, { 12434: docker, 11434: ollama })).toEqual([
      ['local-ollama', 'ready', ['llama3.2:3b']],
      ['local-docker', 'ready', ['ai/smollm2']],
      ['demo', 'ready', ['scripted-demo']],
    ])
  })

  it.each([
    ['production', {}, false],
    ['production, switched on', lookLocally, true],
    ['development', { NODE_ENV: 'development' }, true],
    ['development, switched off', { NODE_ENV: 'development', LOCAL_DISCOVERY: 'off' }, false],
    ['Vercel', { VERCEL: '1', LOCAL_DISCOVERY: 'on' }, false],
  ] satisfies [string, Source, boolean][])(
    'are looked for or not: %s',
    async (_, source, looks) => {
      const { registry, asked } = registryOf(source)
      await registry.catalog()
      expect(asked.length > 0).toBe(looks)
    },
  )

  it('cost next to nothing where none is there', async () => {
    const { registry } = registryOf(lookLocally)
    const startedAt = performance.now()
    const { endpoints } = await registry.catalog()
    expect(performance.now() - startedAt).toBeLessThan(100)
    expect(endpoints).toHaveLength(1)
  })

  it.each([
    ['401', json({}, 401), ['local-lm-studio', 'needs-key', []]],
    ['403', json({}, 403), ['local-lm-studio', 'needs-key', []]],
    ['no models', json('{"object":"list","data":null}\n'), ['local-lm-studio', 'no-models', []]],
    ['404', json({}, 404), undefined],
    ['HTML', json('<html>a dev server</html>'), undefined],
    ['`data: null` of something else', json({ data: null }), undefined],
    ['numbers', json('42'), undefined],
    ['more than 256 KB', json(`{"data":[${' '.repeat(270_000)}]}`), undefined],
    [
      'a redirect',
      (_, response) => {
        response.writeHead(301, { location: 'http://example.com/' }).end()
      },
      undefined,
    ],
  ] satisfies [string, RequestListener, unknown[] | undefined][])(
    'answering %s are told from what is not there',
    async (_, listener, expected) => {
      const server = await serve(listener)
      const endpoints = await endpointsOf(lookLocally, { 1234: server })
      expect(endpoints).toEqual([
        ...(expected ? [expected] : []),
        ['demo', 'ready', ['scripted-demo']],
      ])
    },
  )

  it('do not hold up the others when they stay silent', async () => {
    const silent = await serve(() => {})
    const trickling = await serve((_, response) => {
      response.writeHead(200)
      response.write('[')
    })
    const startedAt = performance.now()
    const endpoints = await endpointsOf(lookLocally, { 1234: silent, 8000: trickling })
    expect(endpoints).toHaveLength(1)
    expect(performance.now() - startedAt).toBeLessThan(1_500)
  })

  it('count once where they may be at two ports', async () => {
    const model = await serve(json(list('a')))
    const other = await serve(json({}, 401))
    expect(await endpointsOf(lookLocally, { 9931: other, 8080: model })).toEqual([
      ['local-llama-cpp', 'ready', ['a']],
      ['demo', 'ready', ['scripted-demo']],
    ])
  })

  it('are not this server itself', async () => {
    const { registry, asked } = registryOf({ ...lookLocally, PORT: '8080' })
    await registry.catalog()
    expect(asked.some((url) => url.includes(':8080/'))).toBe(false)
  })

  it('are looked for again after 30 seconds, or on a rescan', async () => {
    const local: Record<number, LoopbackServer> = {}
    const { registry, clock } = registryOf(lookLocally, local)
    expect((await registry.catalog()).endpoints).toHaveLength(1)
    local[11434] = await serve(json(list('a')))
    clock.now += 29_000
    expect((await registry.catalog()).endpoints).toHaveLength(1)
    expect((await registry.catalog({ rescan: true })).defaultModel).toEqual({
      provider: 'local-ollama',
      id: 'a',
    })
    delete local[11434]
    clock.now += 30_000
    expect((await registry.catalog()).endpoints).toHaveLength(1)
  })
})
