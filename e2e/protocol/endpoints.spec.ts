import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EndpointFault } from '@/shared/models/own-endpoint'
import { startServer } from '../fixtures/server'
import { Session } from '../fixtures/session'
import { textOf } from '../fixtures/schemas'
import { expect, test } from '../fixtures/test'
import { serve } from '../servers/loopback'

type Given = { name?: string; kind?: string; baseUrl: string; apiKey?: string }

const add = (session: Session, given: Given) =>
  session.requestJson('/api/endpoints', 'POST', { name: 'Mine', kind: 'compatible', ...given })

async function idOf(answer: Response): Promise<string> {
  expect(answer.status).toBe(200)
  const { endpoints } = await answer.json()
  return endpoints.at(-1).id
}

async function expectFault(answer: Response, reason: EndpointFault) {
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ code: 'endpoint-unusable', reason })
}

for (const [api, kind, path] of [
  ['chat completions', 'compatible', '/v1/chat/completions'],
  ['the Responses API', 'openai', '/v1/responses'],
] as const) {
  test(`a user’s own endpoint answers them by ${api}, and nobody else`, async ({
    session,
    server,
    upstream,
    question,
    chatId,
  }) => {
    const { baseUrl, apiKey } = upstream
    const feed = await session.another().liveEvents()
    const provider = await idOf(await add(session, { kind, baseUrl, apiKey }))
    const model = { provider, id: 'test-model' }
    await expect.poll(() => feed.raw).toContain('data: {"type":"models-changed"}')
    await feed.close()

    await (await session.send({ chatId, text: `${question}\nsay: Of my own`, model })).completed()
    expect(textOf(await session.lastMessage(chatId))).toBe('Of my own')
    const [asked] = upstream.asked(question)
    expect([asked?.path, asked?.headers.authorization]).toEqual([path, `Bearer ${apiKey}`])

    const stranger = await Session.open(server.url)
    const refused = await stranger.requestJson('/api/chat', 'POST', {
      id: crypto.randomUUID(),
      message: { id: 'm', role: 'user', parts: [{ type: 'text', text: question }] },
      model,
    })
    expect([refused.status, (await refused.json()).code]).toEqual([400, 'unknown-model'])
    const own = `/api/endpoints/${provider}`
    for (const foreign of [
      await stranger.requestJson(own, 'PATCH', { name: 'Theirs', baseUrl: 'http://x.example' }),
      await stranger.requestJson(own, 'DELETE'),
    ])
      expect([foreign.status, (await foreign.json()).code]).toEqual([404, 'not-found'])
    expect(JSON.stringify(await (await stranger.fetch('/api/models')).json())).not.toContain('own-')
    expect(upstream.asked(question)).toHaveLength(1)
  })
}

test('a key is in no answer, no page, no log and no file of the server', async ({
  session,
  server,
  upstream,
}) => {
  await using open = await serve((_, response) => response.end('{"data":[{"id":"m"}]}'))
  const apiKey = 'pk.k3yn0body5ees.0123456789.wxyz'
  const provider = await idOf(await add(session, { baseUrl: open.baseUrl, apiKey }))
  const seen = await Promise.all(
    ['/api/endpoints', '/api/models?rescan=1', '/', '/?settings=models'].map(async (path) =>
      (await session.fetch(path)).text(),
    ),
  )
  await expectFault(
    await session.requestJson(`/api/endpoints/${provider}`, 'PATCH', {
      baseUrl: upstream.baseUrl,
      apiKey,
    }),
    'key-rejected',
  )
  const files = await readdir(server.dataDir)
  const stored = await Promise.all(
    files.map((file) => readFile(join(server.dataDir, file), 'latin1')),
  )

  expect(seen[0]).toContain('"end":"wxyz"')
  for (const text of [...seen, ...stored, server.output()])
    expect(text).not.toContain('k3yn0body5ees')
})

test('a run that the own key is refused for says whose it is, without it', async ({
  session,
  question,
  chatId,
}) => {
  const keys: (string | undefined)[] = []
  await using refusing = await serve(({ url, headers }, response) => {
    keys.push(headers.authorization)
    if (url === '/v1/models') return response.end('{"data":[{"id":"m"}]}')
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: `No such key: ${headers.authorization}` } }))
  })
  const { baseUrl } = refusing
  const provider = await idOf(await add(session, { baseUrl, apiKey: 'my.own.key.0123456789' }))

  const model = { provider, id: 'm' }
  await (await session.send({ chatId, text: question, model })).completed()
  const { metadata } = (await session.lastMessage(chatId)) ?? {}
  expect(keys).toContain('Bearer my.own.key.0123456789')
  expect(metadata?.error).toMatchObject({ code: 'own-key-rejected', retryable: false })
  expect(JSON.stringify(metadata)).not.toContain('my.own.key')
})

test('a redirect into the private network is not followed, when tried out and in a run', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  let redirects = true
  await using leading = await serve(({ url }, response) => {
    if (!redirects && url === '/v1/models') return response.end('{"data":[{"id":"test-model"}]}')
    response.writeHead(307, { location: `${upstream.url}${url}` }).end()
  })
  const given = { baseUrl: leading.baseUrl, apiKey: upstream.apiKey }

  await expectFault(await add(session, given), 'redirected')
  redirects = false
  const model = { provider: await idOf(await add(session, given)), id: 'test-model' }
  await (await session.send({ chatId, text: question, model })).completed()
  expect((await session.lastMessage(chatId))?.metadata?.error?.code).toBe('model-unreachable')
  expect(upstream.asked(question)).toEqual([])
})

test('who tries out many is told how long to wait, and nobody is asked meanwhile', async ({
  session,
  upstream,
}) => {
  const given = { baseUrl: upstream.baseUrl, apiKey: 'sk-wrong-0123456789' }
  for (let count = 0; count < 10; count += 1)
    await expectFault(await add(session, given), 'key-rejected')
  const before = upstream.requests.length

  const refused = await add(session, { ...given, apiKey: upstream.apiKey })
  expect([refused.status, (await refused.json()).code]).toEqual([429, 'rate-limited'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(upstream.requests).toHaveLength(before)
})

test.describe('a server that others reach', () => {
  test('lets its users ask public addresses and no others, however they are written', async ({
    upstream,
  }) => {
    await using server = await startServer({ env: { USER_ENDPOINTS: 'public' } })
    const session = await Session.open(server.url)
    const before = upstream.requests.length
    const { port } = new URL(upstream.url)
    const hosts = [
      '127.0.0.1',
      'localhost',
      'LOCALHOST',
      '2130706433',
      '017700000001',
      '0x7f000001',
      '0177.0.0.1',
      '0x7f.0.0.1',
      '127.1',
      '127.0.0.1.',
      '0.0.0.0',
      '0',
      '①②⑦.0.0.1',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '100.64.0.1',
      '[fd00::1]',
      '169.254.169.254',
      '[fd00:ec2::254]',
      '[::ffff:169.254.169.254]',
      '[fe80::1]',
    ]
    let asker = session
    for (const [index, host] of hosts.entries()) {
      // As somebody else: nobody may try so many one after the other.
      if (index % 10 === 9) asker = await Session.open(server.url)
      const answer = await add(asker, { baseUrl: `http://${host}:${port}/v1` })
      expect(await answer.json(), host).toMatchObject({ reason: 'address-not-allowed' })
    }
    const wrong = [
      `http://me:secret@127.0.0.1:${port}/v1`,
      `http://api.example@127.0.0.1:${port}/v1`,
      `http://api.example\\@127.0.0.1:${port}/v1`,
      `http:\\\\127.0.0.1:${port}\\v1`,
      `http://127.0.0.1:${port}/v1?x=`,
      'file:///etc/passwd',
      'ftp://127.0.0.1/',
      'gopher://127.0.0.1/',
    ]
    for (const baseUrl of wrong)
      await expectFault(await add(session, { baseUrl }), 'address-invalid')

    expect(upstream.requests).toHaveLength(before)
  })

  test('takes no endpoints of its users unless it is told to', async ({ upstream }) => {
    await using server = await startServer({ env: { ALLOWED_HOSTS: '127.0.0.1' } })
    const session = await Session.open(server.url)
    const before = upstream.requests.length

    const refused = await add(session, { baseUrl: upstream.baseUrl, apiKey: upstream.apiKey })
    expect([refused.status, (await refused.json()).code]).toEqual([403, 'endpoints-off'])
    const listed = await session.fetch('/api/endpoints')
    expect(await listed.json()).toEqual({ policy: 'off', endpoints: [] })
    expect(upstream.requests).toHaveLength(before)
  })
})
