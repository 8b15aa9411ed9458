import { rawRequest } from '../fixtures/raw-request'
import { scriptedTitle } from '../fixtures/scripted-upstream'
import { expect, test } from '../fixtures/test'

const json = { 'content-type': 'application/json' }
const userMessage = (text: string) => ({
  id: 'm1',
  role: 'user',
  parts: [{ type: 'text', text }],
})

type Refusal = {
  of: string
  status: number
  code: string
  detail?: RegExp
  path?: string
  headers?: Record<string, string>
  /** An object has the chat's id added, and is sent as JSON. */
  body: object | string | Uint8Array
}

const refusals: Refusal[] = [
  { of: 'malformed JSON', body: '{"id":', status: 400, code: 'malformed-body' },
  { of: 'no body', body: '', status: 400, code: 'malformed-body' },
  {
    of: 'bytes that are no UTF-8',
    body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    status: 400,
    code: 'malformed-body',
  },
  { of: 'JSON that is no object', body: '[1]', status: 400, code: 'invalid-request' },
  {
    of: 'an unknown key',
    body: { message: userMessage('Hello'), temperature: 2 },
    status: 400,
    code: 'invalid-request',
    detail: /temperature/,
  },
  {
    of: 'an id that is none',
    body: { id: '../etc', message: userMessage('Hello') },
    status: 400,
    code: 'invalid-request',
    detail: /^id: /,
  },
  {
    of: 'the address of a model in place of its name',
    body: {
      message: userMessage('Hello'),
      model: { provider: 'upstream', id: 'm', baseUrl: 'http://x' },
    },
    status: 400,
    code: 'invalid-request',
    detail: /model/,
  },
  { of: 'no message', body: {}, status: 400, code: 'empty-message' },
  { of: 'an empty text', body: { message: userMessage('') }, status: 400, code: 'empty-message' },
  {
    of: 'a text of spaces',
    body: { message: userMessage(' \n\t\u00a0 ') },
    status: 400,
    code: 'empty-message',
  },
  {
    of: 'a message of the assistant’s',
    body: { message: { role: 'assistant', parts: [{ type: 'text', text: 'I said so' }] } },
    status: 400,
    code: 'empty-message',
  },
  {
    of: 'a text that is too long',
    body: { message: userMessage('x'.repeat(32_001)) },
    status: 400,
    code: 'message-too-long',
    detail: /32001 .*32000/,
  },
  {
    of: 'an unknown model',
    body: { message: userMessage('Hello'), model: { provider: 'upstream', id: 'no-such-model' } },
    status: 400,
    code: 'unknown-model',
    detail: /no-such-model/,
  },
  {
    of: 'an unknown endpoint',
    body: { message: userMessage('Hello'), model: { provider: 'nobody', id: 'test-model' } },
    status: 400,
    code: 'unknown-model',
  },
  {
    of: 'an answer to regenerate in an unknown chat',
    body: { trigger: 'regenerate-message', messageId: 'm2' },
    status: 404,
    code: 'not-found',
  },
  {
    of: 'an answer to continue that is not named',
    body: { trigger: 'continue-message' },
    status: 400,
    code: 'invalid-request',
    detail: /messageId/,
  },
  {
    of: 'plain text',
    headers: { 'content-type': 'text/plain' },
    body: { message: userMessage('Hello') },
    status: 415,
    code: 'unsupported-media-type',
  },
  {
    of: 'a form',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'id=1',
    status: 415,
    code: 'unsupported-media-type',
  },
  {
    of: 'another site’s origin',
    headers: { origin: 'https://evil.example' },
    body: { message: userMessage('Hello') },
    status: 403,
    code: 'cross-site-request',
  },
  {
    of: 'an origin that hides itself',
    headers: { origin: 'null' },
    body: { message: userMessage('Hello') },
    status: 403,
    code: 'cross-site-request',
  },
  {
    of: 'a request that another site made the browser send',
    headers: { 'sec-fetch-site': 'cross-site' },
    body: { message: userMessage('Hello') },
    status: 403,
    code: 'cross-site-request',
  },
  {
    of: 'a request that a neighbouring site made the browser send',
    headers: { 'sec-fetch-site': 'same-site' },
    body: { message: userMessage('Hello') },
    status: 403,
    code: 'cross-site-request',
  },
  {
    of: 'a host name that is not ours',
    headers: { host: 'rebound.example:3000' },
    body: { message: userMessage('Hello') },
    status: 421,
    code: 'wrong-host',
    detail: /ALLOWED_HOSTS/,
  },
  {
    of: 'a body of 10 MB',
    body: { message: userMessage('x'.repeat(10_000_000)) },
    status: 413,
    code: 'body-too-large',
    detail: /4194304/,
  },
  {
    of: 'a body of 10 MB that does not say so',
    headers: { 'transfer-encoding': 'chunked' },
    body: { message: userMessage('x'.repeat(10_000_000)) },
    status: 413,
    code: 'body-too-large',
  },
]

for (const { of, status, code, detail = /./, headers, body } of refusals) {
  test(`refuses ${of} with ${status} ${code}, and stores nothing`, async ({ session, chatId }) => {
    const answer = await rawRequest(`${session.url}/api/chat`, {
      method: 'POST',
      headers: { ...json, cookie: session.cookie, ...headers },
      body:
        typeof body === 'string' || body instanceof Uint8Array
          ? body
          : JSON.stringify({ id: chatId, ...body }),
    })

    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(JSON.parse(answer.body)).toEqual({
      title: expect.stringMatching(/^[A-Z]/),
      status,
      code,
      detail: expect.stringMatching(detail),
      requestId: answer.headers['x-request-id'],
      ...(code === 'message-too-long' && { length: 32_001, lengthMax: 32_000 }),
      ...(code === 'body-too-large' && { bytesMax: 4 * 1024 * 1024 }),
    })
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(answer.body).not.toMatch(/\bat .*\.(ts|js):\d/)
    expect(await session.list()).toEqual([])
    expect((await session.fetch(`/api/chats/${chatId}`)).status).toBe(404)
  })
}

test('a message of exactly the greatest length is taken', async ({ session, chatId }) => {
  const text = `${'x'.repeat(31_990)}\nsay: Okay`
  const stream = await session.send({ chatId, text: text.padStart(32_000, 'x') })
  expect((await stream.completed()).text).toBe('Okay')
})

test('refuses wrong queries, titles and ids, naming what is wrong', async ({ session, chatId }) => {
  await (await session.send({ chatId, text: 'say: Hello' })).completed()
  const change = (body: object) => session.requestJson(`/api/chats/${chatId}`, 'PATCH', body)
  const batch = (body: object) => session.requestJson('/api/chats/batch', 'POST', body)
  const endpoint = (body: object) =>
    session.requestJson('/api/endpoints', 'POST', {
      ...{ name: 'Mine', kind: 'compatible', baseUrl: 'http://127.0.0.1:1/v1' },
      ...body,
    })
  await expect.poll(async () => (await session.load(chatId)).title).toBe(scriptedTitle)
  const refused: [Promise<Response>, number][] = [
    [session.fetch('/api/chats?limit=0'), 400],
    [session.fetch('/api/chats?limit=1e9'), 400],
    [session.fetch('/api/chats?cursor=nonsense'), 400],
    [session.fetch('/api/chats?order=name'), 400],
    [session.fetch('/api/models?rescan=yes'), 400],
    [session.fetch('/api/chats/..%2f..%2fetc'), 404],
    [session.fetch(`/api/chats/${'x'.repeat(65)}`), 404],
    [change({ title: '' }), 400],
    [change({ title: 'x'.repeat(121) }), 400],
    [change({ owner: 'me' }), 400],
    [change({ seen: false }), 400],
    [change({ folderId: 'of-nobody' }), 404],
    [session.fetch('/api/chats?folder=of-nobody'), 404],
    [batch({ ids: [], change: { archived: true } }), 400],
    [batch({ ids: [chatId], change: {} }), 400],
    [batch({ ids: [chatId], change: { title: 'All alike' } }), 400],
    [batch({ ids: Array(501).fill(chatId), change: { archived: true } }), 400],
    [session.requestJson('/api/folders', 'POST', { id: 'f1', name: ' ' }), 400],
    [session.requestJson('/api/folders/f1', 'PATCH', { name: 'Mine' }), 404],
    [session.requestJson('/api/folders/%00', 'DELETE'), 404],
    [endpoint({ name: ' ' }), 400],
    [endpoint({ kind: 'local' }), 400],
    [endpoint({ apiKey: 'two\nlines' }), 400],
    [endpoint({ userId: 'somebody' }), 400],
    [session.requestJson('/api/endpoints/own-nobodys', 'PATCH', { name: 'Mine' }), 404],
    [session.requestJson('/api/endpoints/%00', 'DELETE'), 404],
    [session.requestJson(`/api/chat/${chatId}/stop`, 'POST', {}), 400],
    [session.requestJson(`/api/chat/${chatId}/stop`, 'POST', { runId: 'unknown' }), 404],
  ]

  for (const [answering, status] of refused) {
    const answer = await answering
    expect(answer.status, answer.url).toBe(status)
    expect(await answer.json(), answer.url).toMatchObject({ status, requestId: expect.any(String) })
  }
  expect((await session.load(chatId)).title).toBe(scriptedTitle)
})

test('a page answers no host name that is not ours', async ({ server }) => {
  const answer = await rawRequest(server.url, {
    method: 'GET',
    headers: { host: 'rebound.example' },
  })
  expect(answer.status).toBe(421)
  expect(answer.headers['set-cookie']).toBeUndefined()
})
