import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { parseEnv } from '../env'
import { modelSecrets } from './endpoints'
import { createModelRegistry } from './model-registry'
import { demoRef, json, list, registryOf } from './testing/registry-bench'
import { serve } from './testing/serve'

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
