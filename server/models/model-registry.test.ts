import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { LoopbackServer } from '@/e2e/servers/loopback'
import { parseEnv } from '../env'
import { modelSecrets } from './endpoints'
import { createModelRegistry } from './model-registry'
import { serve } from './testing/serve'

function json(body: unknown, status = 200): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

const list = (...ids: string[]) => ({
  object: 'list',
  data: ids.map((id) => ({ id, object: 'model' })),
})

type Source = Record<string, string>

/** A registry whose fixed local ports lead to the servers of the test, and to nothing otherwise. */
function registryOf(source: Source, local: Record<number, LoopbackServer> = {}) {
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
const lookLocally = { LOCAL_DISCOVERY: 'on' }
const demoRef = { provider: 'demo', id: 'scripted-demo' }

async function endpointsOf(source: Source, local: Record<number, LoopbackServer> = {}) {
  const { endpoints } = await registryOf(source, local).registry.catalog()
  return endpoints.map(({ id, status, models }) => [id, status, models.map((model) => model.id)])
}

describe('configured endpoints', () => {
  it('offers the demo, and only that, when nothing is configured', async () => {
    const { registry, asked } = registryOf({})
    const { endpoints, defaultModel } = await registry.catalog()
    expect(endpoints).toMatchObject([{ id: 'demo', kind: 'demo', status: 'ready' }])
    expect(defaultModel).toEqual(demoRef)
    expect(await registry.resolve(defaultModel)).toMatchObject({
      ref: demoRef,
      name: 'Scripted demo',
      endpoint: { id: 'demo', name: 'Demo', kind: 'demo' },
    })
    expect(asked).toEqual([])
  })

  it('lists OpenAI’s models that chat, the newest first, and starts with a small one', async () => {
    const server = await serve(
      json(
        list(
          'text-embedding-3-small',
          'gpt-4.1',
          'gpt-5.4-mini',
          'gpt-5.4-mini-2026-03-17',
          'gpt-4o-2024-05-13',
          'gpt-5-mini',
          'gpt-5.4',
          'o3',
          'whisper-1',
          'tts-1-hd',
          'gpt-4o-mini-tts',
          'gpt-4o-transcribe',
          'gpt-image-1',
          'chatgpt-image-latest',
          'dall-e-3',
          'omni-moderation-latest',
          'gpt-realtime',
          'gpt-4o-audio-preview',
          'gpt-4o-search-preview',
          'gpt-3.5-turbo-instruct',
          'davinci-002',
          'sora-2',
        ),
      ),
    )
    const { registry } = registryOf({
      OPENAI_API_KEY: ' key-1 ',
      OPENAI_RESPONSES_URL: `${server.baseUrl}/`,
    })
    const { endpoints, defaultModel } = await registry.catalog()
    expect(endpoints[0]).toMatchObject({
      id: 'openai',
      name: 'OpenAI',
      kind: 'openai',
      status: 'ready',
    })
    expect(endpoints[0]?.models.map(({ id }) => id)).toEqual([
      'gpt-5.4',
      'gpt-5.4-mini',
      'gpt-5-mini',
      'gpt-4.1',
      'gpt-4o-2024-05-13',
      'o3',
    ])
    expect(defaultModel).toEqual({ provider: 'openai', id: 'gpt-5.4-mini' })
    expect(server.seen[0]?.url).toBe('/v1/models')
    expect(server.seen[0]?.headers.authorization).toBe('Bearer key-1')
    const resolved = await registry.resolve({ provider: 'openai', id: 'gpt-5.4-mini-2026-03-17' })
    expect(resolved).toMatchObject({
      model: { provider: 'openai.responses' },
      providerOptions: { openai: { store: false, reasoningSummary: 'auto' } },
    })
  })

  it('asks OpenAI itself when OPENAI_BASE_URL is its own address', async () => {
    const asked: string[] = []
    const registry = createModelRegistry({
      env: parseEnv({
        NODE_ENV: 'production',
        OPENAI_API_KEY: 'key-1',
        OPENAI_BASE_URL: 'https://api.openai.com/v1/',
      }),
      now: () => 0,
      fetch: async (input) => {
        asked.push(input instanceof Request ? input.url : new URL(input).href)
        return Response.json(list('gpt-5-mini'))
      },
    })
    expect((await registry.catalog()).endpoints[0]?.kind).toBe('openai')
    expect(asked).toEqual(['https://api.openai.com/v1/models'])
  })

  it('takes any other OPENAI_BASE_URL for a compatible server, before MODEL_ENDPOINTS, before the demo', async () => {
    const one = await serve(json(list('b-10', 'b-2', 'A-1')))
    const other = await serve(json([{ id: 'x', name: 'Model X' }, { id: 'nomic-embed-text' }]))
    const { registry } = registryOf({
      OPENAI_BASE_URL: one.baseUrl,
      MODEL_ENDPOINTS: JSON.stringify([{ id: 'other', baseUrl: other.baseUrl, apiKey: 'key-2' }]),
    })
    const { endpoints, defaultModel } = await registry.catalog()
    expect(endpoints.map(({ id, kind }) => [id, kind])).toEqual([
      ['default', 'compatible'],
      ['other', 'compatible'],
      ['demo', 'demo'],
    ])
    expect(endpoints[0]?.models.map(({ id }) => id)).toEqual(['A-1', 'b-2', 'b-10'])
    expect(endpoints[1]?.models).toEqual([{ id: 'x', name: 'Model X' }])
    expect(defaultModel).toEqual({ provider: 'default', id: 'A-1' })
    expect(one.seen[0]?.headers).not.toHaveProperty('authorization')
    expect(other.seen[0]?.headers.authorization).toBe('Bearer key-2')
  })

  it('shows pinned models as they stand, without asking, and resolves no others', async () => {
    const { registry, asked } = registryOf({
      MODEL_ENDPOINTS: JSON.stringify([
        { id: 'pinned', baseUrl: 'http://127.0.0.1:1/v1', models: ['a', 'b'] },
      ]),
    })
    const { endpoints, defaultModel } = await registry.catalog()
    expect(endpoints[0]).toMatchObject({
      id: 'pinned',
      status: 'ready',
      models: [{ id: 'a' }, { id: 'b' }],
    })
    expect(defaultModel).toEqual({ provider: 'pinned', id: 'a' })
    expect(await registry.resolve({ provider: 'pinned', id: 'b' })).toBeDefined()
    expect(await registry.resolve({ provider: 'pinned', id: 'c' })).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('starts with DEFAULT_MODEL where that is offered', async () => {
    const server = await serve(json(list('a', 'org/b')))
    const settings = { OPENAI_BASE_URL: server.baseUrl }
    const chosen = await registryOf({
      ...settings,
      DEFAULT_MODEL: 'default/org/b',
    }).registry.catalog()
    expect(chosen.defaultModel).toEqual({ provider: 'default', id: 'org/b' })
    const unknown = await registryOf({ ...settings, DEFAULT_MODEL: 'default/c' }).registry.catalog()
    expect(unknown.defaultModel).toEqual({ provider: 'default', id: 'a' })
  })

  it('trusts DEFAULT_MODEL where the list is out of reach, or there is none', async () => {
    const wanted = { provider: 'default', id: 'mine' }
    const unlisted = await serve(json({ error: 'not found' }, 404))
    const without = registryOf({
      OPENAI_BASE_URL: unlisted.baseUrl,
      DEFAULT_MODEL: 'default/mine',
    }).registry
    expect(await without.catalog()).toMatchObject({
      endpoints: [{ status: 'ready' }, {}],
      defaultModel: wanted,
    })

    const away = registryOf({
      OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
      DEFAULT_MODEL: 'default/mine',
    }).registry
    expect(await away.catalog()).toMatchObject({
      endpoints: [{ status: 'unreachable' }, {}],
      defaultModel: wanted,
    })
    expect(await away.resolve(wanted)).toMatchObject({ ref: wanted })
    expect(await away.resolve({ provider: 'default', id: 'other' })).toBeUndefined()
  })

  it.each([
    ['401 with a key', json({}, 401), 'key-rejected', true],
    ['403 with a key', json({}, 403), 'key-rejected', true],
    ['401 without a key', json({}, 401), 'needs-key', false],
    ['404', json({}, 404), 'no-models', false],
    ['500', json({}, 500), 'unreachable', false],
    ['an empty list', json(list()), 'no-models', false],
    ['`data: null`', json({ object: 'list', data: null }), 'no-models', false],
    ['embedding models only', json(list('bge-m3', 'all-minilm')), 'no-models', false],
    ['HTML', json('<!doctype html><title>Hi</title>'), 'unreachable', false],
    ['another shape', json({ models: 3 }), 'unreachable', false],
    ['null', json('null'), 'unreachable', false],
    ['nothing', json(''), 'unreachable', false],
    ['more than 1 MB', json(`[${' '.repeat(1_100_000)}]`), 'unreachable', false],
    [
      'a redirect',
      (_, response) => {
        response.writeHead(302, { location: '/v1/elsewhere' }).end()
      },
      'unreachable',
      false,
    ],
    ['a closed door', (_, response) => response.destroy(), 'unreachable', false],
  ] satisfies [string, RequestListener, string, boolean][])(
    'answers %s with a status, and starts with the demo',
    async (_, listener, status, withKey) => {
      const server = await serve(listener)
      const { registry } = registryOf({
        OPENAI_BASE_URL: server.baseUrl,
        ...(withKey && { OPENAI_API_KEY: 'key-1' }),
      })
      const { endpoints, defaultModel } = await registry.catalog()
      expect(endpoints[0]).toEqual({
        id: 'default',
        name: 'OpenAI-compatible',
        kind: 'compatible',
        status,
        models: [],
      })
      expect(defaultModel).toEqual(demoRef)
      expect(server.seen).toHaveLength(1)
    },
  )

  it('takes names for the hostile text they are', async () => {
    const server = await serve(
      json({
        object: 'list',
        data: [
          { id: 'plain' },
          { id: 'x'.repeat(257) },
          { id: 'with\u0000nul' },
          { id: 'rtl\u202Eeman' },
          { id: 7 },
          'text',
          null,
          { id: 'plain' },
          { id: 'named', name: 'Evil\u202E\nname' },
          { id: '/models/some/Qwen3-4B.Q4.gguf' },
          { id: '<img src=x onerror=alert(1)>' },
          { id: 'constructor', name: { toString: 'x' } },
        ],
      }),
    )
    const { registry } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    const { endpoints } = await registry.catalog()
    expect(endpoints[0]?.models).toEqual([
      { id: '<img src=x onerror=alert(1)>', name: '<img src=x onerror=alert(1)>' },
      { id: 'constructor', name: 'constructor' },
      { id: 'named', name: 'Evilname' },
      { id: 'plain', name: 'plain' },
      { id: '/models/some/Qwen3-4B.Q4.gguf', name: 'Qwen3-4B.Q4' },
    ])
  })

  it('never shows keys or addresses', async () => {
    const rejecting = await serve(json({ error: { message: 'Incorrect API key: hunter2' } }, 401))
    const settings = {
      OPENAI_API_KEY: 'hunter2',
      OPENAI_BASE_URL: rejecting.baseUrl,
      MODEL_ENDPOINTS: JSON.stringify([
        { id: 'other', baseUrl: rejecting.baseUrl, apiKey: 'hunter3' },
      ]),
    }
    const catalog = JSON.stringify(await registryOf(settings).registry.catalog())
    expect(catalog).not.toMatch(/hunter|127\.0\.0\.1|http/)
    expect(modelSecrets(parseEnv(settings))).toEqual(['hunter2', 'hunter3'])
  })

  it('resolves nothing for endpoints and models that nobody offers', async () => {
    const server = await serve(json(list('a')))
    const { registry } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    expect(await registry.resolve({ provider: 'default', id: 'a' })).toMatchObject({
      name: 'a',
      endpoint: { id: 'default', name: 'OpenAI-compatible', kind: 'compatible' },
    })
    expect(await registry.resolve({ provider: 'default', id: 'b' })).toBeUndefined()
    expect(await registry.resolve({ provider: 'http://evil', id: 'a' })).toBeUndefined()
    expect(await registry.resolve({ provider: 'demo', id: 'a' })).toBeUndefined()
  })
})

describe('caching', () => {
  it('keeps a list for five minutes, and asks again on a rescan', async () => {
    const server = await serve(json(list('a')))
    const { registry, clock } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    await registry.catalog()
    clock.now += 299_000
    await registry.catalog()
    expect(server.seen).toHaveLength(1)
    clock.now += 1_000
    await registry.catalog()
    expect(server.seen).toHaveLength(2)
    await registry.catalog({ rescan: true })
    expect(server.seen).toHaveLength(3)
  })

  it('asks again after ten seconds where there was no answer', async () => {
    let status = 500
    const server = await serve((request, response) => json(list('a'), status)(request, response))
    const { registry, clock } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    await registry.catalog()
    status = 200
    clock.now += 9_000
    expect((await registry.catalog()).endpoints[0]?.status).toBe('unreachable')
    clock.now += 1_000
    expect((await registry.catalog()).endpoints[0]?.status).toBe('ready')
  })

  it('does not wait for a slow endpoint whose list it has', async () => {
    const slow = Promise.withResolvers<void>()
    let asked = 0
    const server = await serve((request, response) => {
      if (++asked === 1) return json(list('a'))(request, response)
      void slow.promise.then(() => json(list('b'))(request, response))
    })
    const { registry, clock } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    await registry.catalog()
    clock.now += 300_000
    expect((await registry.catalog()).endpoints[0]?.models.map(({ id }) => id)).toEqual(['a'])
    slow.resolve()
    await expect
      .poll(async () => (await registry.catalog()).endpoints[0]?.models.map(({ id }) => id))
      .toEqual(['b'])
  })

  it('shares one scan among calls at the same time', async () => {
    const server = await serve(json(list('a')))
    const { registry } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    await Promise.all([
      registry.catalog(),
      registry.catalog({ rescan: true }),
      registry.resolve({ provider: 'default', id: 'a' }),
    ])
    expect(server.seen).toHaveLength(1)
  })

  it('goes on with a model it knows while the list is out of reach, without asking for it', async () => {
    let status = 200
    const server = await serve((request, response) => json(list('a'), status)(request, response))
    const { registry, clock } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    const before = await registry.resolve({ provider: 'default', id: 'a' })
    status = 500
    clock.now += 600_000
    expect((await registry.resolve({ provider: 'default', id: 'a' }))?.model).toBe(before?.model)
    expect(server.seen).toHaveLength(1)
  })
})

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
